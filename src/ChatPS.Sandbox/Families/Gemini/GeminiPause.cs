using System.Globalization;
using System.Text;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>The piece of a text that one request is answered with, where the prompt wants pauses: each piece comes with a token that asks for the next.</summary>
/// <param name="Tokens">The tokens of the piece.</param>
/// <param name="Next">What asks for the next piece; null for the last.</param>
internal sealed record GeminiPause(IReadOnlyList<string> Tokens, string? Next)
{
    private const string Begin = "sandbox-piece-";

    /// <summary>Finds the piece that a request is for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="text">The whole text.</param>
    /// <returns>The piece; all of the text where there is no pause.</returns>
    public static GeminiPause Of(GeminiRequest request, Generation text)
    {
        int pauses = Pause.TimesIn(request.Conversation.UserText);
        int piece = request.ContinuationToken is { } token ? Read(token) : 0;
        if (piece > pauses)
        {
            throw new ApiException(ApiError.Invalid("The continuation token is of no answer."));
        }

        List<string> all = text.TokenList;
        int start = all.Count * piece / (pauses + 1);
        int end = all.Count * (piece + 1) / (pauses + 1);
        return new GeminiPause(all.GetRange(start, end - start), piece < pauses ? Write(piece + 1) : null);
    }

    private static string Write(int piece) => Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Format(CultureInfo.InvariantCulture, "{0}{1}", Begin, piece)));

    private static int Read(string token)
    {
        try
        {
            string text = Encoding.ASCII.GetString(Convert.FromBase64String(token));
            return text.StartsWith(Begin, StringComparison.Ordinal) && int.TryParse(text.Substring(Begin.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int piece)
                ? piece
                : throw new ApiException(ApiError.Invalid("The continuation token is not valid."));
        }
        catch (FormatException)
        {
            throw new ApiException(ApiError.Invalid("Invalid value at 'continuation_token' (TYPE_BYTES), Base64 decoding failed"));
        }
    }
}
