using ChatPS.Api.Errors;

namespace ChatPS.Client.Calls;

/// <summary>Says what is wrong with an answer that nothing was prepared for.</summary>
internal static class DamagedAnswer
{
    private const string Unpacking = "System.IO.Compression";

    /// <summary>Says it in words.</summary>
    /// <param name="exception">What reading it threw.</param>
    /// <param name="body">What had been read of it.</param>
    /// <returns>The words, with the beginning of the answer where there is one.</returns>
    public static string Describe(Exception exception, string? body)
    {
        Exception cause = exception.GetBaseException();
        string what = cause is InvalidDataException || cause.Source?.StartsWith(Unpacking, StringComparison.Ordinal) == true
            ? "It is not packed as its Content-Encoding says."
            : cause.Message;
        return string.IsNullOrWhiteSpace(body) ? what : $"{what} It begins: {PageText.Shorten(body!)}";
    }
}
