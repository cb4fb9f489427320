using System.Text.Json;

namespace ChatPS.Client.Chat;

/// <summary>One of the requests for an answer that the service makes with pauses in between, and what its answer tells beside the words.</summary>
/// <param name="before">The answer so far; null for the first request.</param>
/// <param name="token">What the service gave to go on with; null for the first request, empty where nothing is needed.</param>
internal sealed class AnswerRound(ChatCompletion? before, string? token)
{
    private const string Head = "{\"answers\":[";
    private const string Tail = "]}";
    private const string Between = "\n\n";

    /// <summary>Gets the answer so far.</summary>
    public ChatCompletion? Before => before;

    /// <summary>Gets what the service gave to go on with.</summary>
    public string? Token => token;

    /// <summary>Gets or sets what it gives to go on with now: set by whoever reads the answer; null where the answer is at its end.</summary>
    public string? Next { get; set; }

    /// <summary>Gets or sets whether the answers come as streams.</summary>
    public bool IsStream { get; set; }

    /// <summary>Finds the answers of which one was put together.</summary>
    /// <param name="raw">What is kept of it.</param>
    /// <param name="isStream">Whether it came as a stream.</param>
    /// <returns>The answers in turn; one for most.</returns>
    public static IReadOnlyList<string> Split(string raw, bool isStream)
    {
        if (isStream)
        {
            string[] streams = raw.Split([Between], StringSplitOptions.RemoveEmptyEntries);
            return streams.Length < 2 ? [raw] : streams;
        }

        if (!raw.StartsWith(Head, StringComparison.Ordinal))
        {
            return [raw];
        }

        using JsonDocument document = JsonDocument.Parse(raw);
        return [.. document.RootElement.GetProperty("answers").EnumerateArray().Select(static answer => answer.GetRawText())];
    }

    /// <summary>Makes the round that goes on after this one.</summary>
    /// <param name="answer">The answer so far, this one included.</param>
    /// <returns>The round.</returns>
    public AnswerRound After(ChatCompletion answer) => new(answer, Next) { IsStream = IsStream };

    /// <summary>Adds what came to what had come before: whole answers as a list, streams with an empty line between them.</summary>
    /// <param name="raw">What came.</param>
    /// <returns>All of it.</returns>
    public string Join(string raw)
    {
        if (before is null)
        {
            return raw;
        }

        string earlier = before.Raw;
        return IsStream ? earlier.TrimEnd('\n') + Between + raw
            : earlier.StartsWith(Head, StringComparison.Ordinal) ? earlier.Substring(0, earlier.Length - Tail.Length) + "," + raw + Tail
            : Head + earlier + "," + raw + Tail;
    }
}
