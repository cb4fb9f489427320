using System.Text.Json;

namespace ChatPS.Api.Errors;

/// <summary>
/// An answer that came under a status of success and yet is none: empty, not JSON, a web page, JSON of another form,
/// too large, or an error.
/// </summary>
public class WireFormatException : JsonException
{
    /// <summary>Makes an exception about a body.</summary>
    public WireFormatException(string message, string body, Exception? innerException = null)
        : base(message, innerException) => Body = body;

    /// <summary>Makes an exception about an error that came under a status of success.</summary>
    public WireFormatException(ApiError error, string body)
        : base(error.Message)
    {
        Body = body;
        Error = error;
    }

    /// <summary>Makes an exception about JSON that holds no answer: an error, if there are words in it.</summary>
    /// <param name="message">What is missing.</param>
    /// <param name="body">The body.</param>
    /// <returns>The exception, to throw.</returns>
    internal static WireFormatException NoAnswer(string message, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return ApiError.FindWords(document.RootElement) is { } error ? new WireFormatException(error, body) : new WireFormatException(message, body);
        }
        catch (JsonException)
        {
            return new WireFormatException(message, body);
        }
    }

    /// <summary>The whole body as text; empty if it was empty or too large to read.</summary>
    public string Body { get; }

    /// <summary>The error that the body holds, or null if it is no answer at all.</summary>
    public ApiError? Error { get; }
}
