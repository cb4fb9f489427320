using System.Globalization;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Calls;

/// <summary>
/// Tells whether a service has surely not taken a request that it must not get twice. A status alone does not always tell: what
/// stands before the service answers 503, too, where the service broke off when it had the request already.
/// </summary>
internal static class Refusals
{
    private static readonly string[] Busy = ["overload", "busy", "at capacity", "no capacity", "too many requests", "too many concurrent", "rate limit", "no healthy upstream", "no available channel", "负载", "繁忙", "无可用渠道"];

    private static readonly string[] Doubtful = ["timeout", "timed out", "time out", "upstream", "internal", "bad gateway", "bad_gateway", "disconnect", "reset", "server error", "server_error", "unknown error", "超时", "内部", "上游", "系统错误"];

    private static readonly string[] Refused = ["banned", "sensitive", "forbidden", "not allowed", "not permitted", "insufficient", "invalid", "敏感", "违规", "余额", "不足"];

    /// <summary>Tells whether an answer plainly says that its service has too much to do.</summary>
    /// <param name="body">The answer; null for none.</param>
    /// <returns>Whether it does.</returns>
    public static bool SaysBusy(string? body) => body is not null && Holds(body, Busy) && !Holds(Without(body, "no healthy upstream"), Doubtful);

    /// <summary>Tells whether a failed call has surely left nothing at the service.</summary>
    /// <param name="failure">How it failed.</param>
    /// <returns>Whether the request may be sent again without a second thought.</returns>
    public static bool IsSure(ChatServiceException failure) => failure.StatusCode is { } status ? IsSure(status, failure)
        : ConnectionFailures.IsUnsent(failure) || ConnectionFailures.IsPermanent(failure)
            || (failure.InnerException is null && (failure.ResponseBody is null ? WasNotSent(failure) : IsCoded(failure)));

    private static bool IsSure(int status, ChatServiceException failure) => status switch
    {
        503 => failure.RetryAfter is not null || SaysBusy(failure.ResponseBody),
        401 or 402 or 403 or 404 or 413 or 429 => !IsInDoubt(failure.ServiceCode, ""),
        400 or 422 => !IsInDoubt(failure.ServiceCode, failure.ResponseBody ?? ""),
        _ => false,
    };

    // What a service says under a status of success counts where it is known to mean that it refused.
    private static bool IsCoded(ChatServiceException failure) =>
        int.TryParse(failure.ServiceCode, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && code is >= 400 and < 600 ? IsSure(code, failure)
        : IsInDoubt(failure.ServiceCode, failure.Message) ? false
        : failure.ErrorId is ErrorIds.AuthenticationFailed or ErrorIds.QuotaExceeded or ErrorIds.RateLimited or ErrorIds.ModelNotFound or ErrorIds.ContentFiltered or ErrorIds.ContextTooLong or ErrorIds.InvalidRequest
            || Holds(failure.Message, Refused);

    private static bool WasNotSent(ChatServiceException failure) =>
        failure.ErrorId is not (ErrorIds.Timeout or ErrorIds.ConnectionFailed or ErrorIds.BadResponse or ErrorIds.ServerError or ErrorIds.StreamTruncated or ErrorIds.InternalError or ErrorIds.CheckpointFailed or ErrorIds.LogFailed);

    private static bool IsInDoubt(string? code, string text) => Holds(code ?? "", Doubtful) || Holds(text, Doubtful);

    private static bool Holds(string text, string[] words) => Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Without(string text, string words)
    {
        int at = text.IndexOf(words, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? text : text.Remove(at, words.Length);
    }
}
