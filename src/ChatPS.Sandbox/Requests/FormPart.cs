using System.Text;
using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Requests;

/// <summary>A field or a file of a form.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="FileName">The name of the file; null for a field.</param>
/// <param name="ContentType">The type of the content; null where none is told.</param>
/// <param name="Content">The content.</param>
internal sealed record FormPart(string Name, string? FileName, string? ContentType, byte[] Content)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The content as text.</summary>
    /// <exception cref="ApiException">It is not UTF-8.</exception>
    public string Text()
    {
        try
        {
            return StrictUtf8.GetString(Content);
        }
        catch (DecoderFallbackException)
        {
            throw new ApiException(ApiError.Invalid($"Invalid '{Name}': the text is not UTF-8.", Name, "invalid_value"));
        }
    }
}
