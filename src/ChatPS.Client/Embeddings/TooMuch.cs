using ChatPS.Client.Faults;

namespace ChatPS.Client.Embeddings;

/// <summary>Tells whether a service refused a request for its size, or the number of its texts: a smaller one may pass.</summary>
internal static class TooMuch
{
    private static readonly string[] Limits = ["max", "limit", "exceed", "too ", "at most", "less than", "larger than", "longer than", "greater than", "up to", "reduce", "超过", "超出", "最大"];

    private static readonly string[] Measures = ["token", "input", "text", "array", "batch", "length", "size", "request", "item", "character", "list", "document", "数组", "长度"];

    /// <summary>Whether it did.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>Whether to try with fewer texts.</returns>
    public static bool Is(ChatServiceException failure) =>
        failure.ErrorId == ErrorIds.ContextTooLong || failure.StatusCode == 413 || (failure.StatusCode is 400 or 422 && IsAboutTexts(failure.ServiceParameter) && Says(failure.Message, Limits) && Says(failure.Message, Measures));

    // A limit of something else, such as the length of vectors, is the same for every text.
    private static bool IsAboutTexts(string? parameter) => parameter is null || Says(parameter, Measures);

    private static bool Says(string text, string[] words) => Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
