namespace ChatPS.Client.Dialects.Gemini;

/// <summary>The codes of <c>google.rpc.Status</c>, which stand where there is no status of HTTP.</summary>
internal static class GeminiStatus
{
    /// <summary>The code of what was cancelled.</summary>
    public const int Cancelled = 1;

    /// <summary>The code where there is no more room.</summary>
    public const int Exhausted = 8;

    private static readonly (int Http, string Name)[] Codes =
    [
        (200, "OK"), (499, "CANCELLED"), (500, "UNKNOWN"), (400, "INVALID_ARGUMENT"), (504, "DEADLINE_EXCEEDED"), (404, "NOT_FOUND"), (409, "ALREADY_EXISTS"), (403, "PERMISSION_DENIED"),
        (429, "RESOURCE_EXHAUSTED"), (400, "FAILED_PRECONDITION"), (409, "ABORTED"), (400, "OUT_OF_RANGE"), (501, "UNIMPLEMENTED"), (500, "INTERNAL"), (503, "UNAVAILABLE"), (500, "DATA_LOSS"),
        (401, "UNAUTHENTICATED"),
    ];

    /// <summary>Finds the status that an error would have had live.</summary>
    /// <param name="code">Its code; one of HTTP stays as it is.</param>
    /// <returns>The status.</returns>
    public static int ToHttp(int code) => code >= 0 && code < Codes.Length ? Codes[code].Http : code is >= 400 and < 600 ? code : 500;

    /// <summary>Finds the word for a code.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The word; null for a code of HTTP.</returns>
    public static string? Name(int code) => code >= 0 && code < Codes.Length ? Codes[code].Name : null;
}
