using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Calls;

/// <summary>Says what a failed call means, whatever the service calls it.</summary>
internal static class FailureMapper
{
    private const int LongestBody = 8192;

    private static readonly string[] QuotaCodes =
        ["insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "quota_exceeded", "quota_not_enough", "insufficient_user_quota", "insufficient_balance", "pre_consume_token_quota_failed", "billing_error"];

    private static readonly string[] QuotaPhrases = ["credit balance is too low"];

    private static readonly string[] ContextPhrases =
        ["maximum context length", "context window", "context length", "prompt is too long", "too many tokens", "exceeds the available context size", "input is too long", "exceed context limit", "input token count"];

    private static readonly string[] FilterPhrases = ["content_filter", "content_policy", "content management policy", "content filtering policy", "responsibleaipolicy", "safety system", "sensitive_words"];

    public static bool IsOutOfQuota(string body) => ApiError.TryParse(body, out ApiError? error) && IsOutOfQuota(error);

    // Google names the limit that was reached, such as GenerateRequestsPerDayPerProjectPerModel-FreeTier.
    private static bool IsOutOfQuota(ApiError error) =>
        Matches(QuotaCodes, error.Code) || Matches(QuotaCodes, error.Type) || ContainsAny(error.Message, QuotaPhrases) || error.Code?.Contains("PerDay", StringComparison.Ordinal) == true;

    /// <summary>Maps an answer that is an error.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="body">The answer's body.</param>
    /// <param name="call">The call.</param>
    /// <param name="inner">What noticed the error.</param>
    /// <returns>The failure.</returns>
    public static ChatServiceException FromAnswer(int status, HttpResponseHeaders? headers, string? body, CallContext call, Exception? inner = null)
    {
        ApiError? error = ApiError.TryParse(body, out ApiError? said) ? said : null;
        string id = Classify(status, error);
        string location = status is >= 300 and < 400 && headers is not null && Redirect.Location(headers, call.Connection.BaseUri) is { } target ? Show(target) : "";
        string reason = error?.Message is { Length: > 0 } message ? message : Describe(status, location);
        TimeSpan? retryAfter = headers is null ? null : RetryAfter.Read(headers, call.Time);
        return Create(id, $"{call.Connection.BaseUri.Host} answered {status}: {reason}", call, inner, status, error, retryAfter, body);
    }

    /// <summary>Maps an error that came within a successful answer or a stream.</summary>
    /// <param name="error">The error.</param>
    /// <param name="body">The JSON that it stood in.</param>
    /// <param name="call">The call.</param>
    /// <param name="partial">The text that had arrived.</param>
    /// <returns>The failure.</returns>
    public static ChatServiceException FromPayload(ApiError error, string body, CallContext call, string? partial = null)
    {
        string id = Classify(0, error);
        return Create(id, $"{call.Connection.BaseUri.Host} reported an error: {error.Message}", call, null, null, error, error.RetryDelay, body, partial);
    }

    /// <summary>Maps what was thrown on the way. The caller's own cancellation is not a failure and is given back as it is.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="call">The call.</param>
    /// <param name="partial">The text that had arrived, if the answer was streamed.</param>
    /// <returns>The failure, or the cancellation.</returns>
    public static Exception FromException(Exception exception, CallContext call, string? partial = null)
    {
        if (exception is ChatServiceException)
        {
            return exception;
        }

        if (call.Deadline.CallerCancelled)
        {
            return new OperationCanceledException(Redactor.Redact(exception.Message, call.Secrets), Redactor.Clean(exception, call.Secrets));
        }

        if (call.Deadline.ConnectionClosed)
        {
            return Create(ErrorIds.ConnectionFailed, $"Connection '{call.Connection.Name}' was closed during the call.", call, exception, partial: partial);
        }

        if (call.Deadline.HasExpired)
        {
            string what = partial is null ? "did not answer" : "sent nothing more";
            return Create(
                ErrorIds.Timeout, FormattableString.Invariant($"{call.Connection.BaseUri.Host} {what} within {call.Deadline.Limit.TotalSeconds:0.###} s."), call, exception, partial: partial);
        }

        if (ConnectionFailures.Find<AnswerTooLargeException>(exception) is not null)
        {
            return Create(
                ErrorIds.BadResponse,
                FormattableString.Invariant($"{call.Connection.BaseUri.Host} sent more than {call.Connection.MaxResponseSizeMB} MB, the most that is read of an answer."),
                call,
                exception,
                partial: partial,
                advice: "If an answer of that size is meant, raise Connect-ChatService -MaxResponseSizeMB.");
        }

        if (ConnectionFailures.Find<WireFormatException>(exception) is { } format)
        {
            return format.Error is { } error
                ? FromPayload(error, format.Body, call, partial)
                : Create(ErrorIds.BadResponse, $"{call.Connection.BaseUri.Host} sent no proper answer: {format.Message}", call, exception, body: format.Body, partial: partial);
        }

        if (ConnectionFailures.Find<JsonException>(exception) is { } json)
        {
            return Create(ErrorIds.BadResponse, $"{call.Connection.BaseUri.Host} sent no proper answer: {json.Message}", call, exception, partial: partial);
        }

        if (ConnectionFailures.IsBroken(exception))
        {
            return partial is null
                ? Create(ErrorIds.ConnectionFailed, Describe(exception, call), call, exception, advice: Advice.ForConnecting(exception, call.Connection))
                : Create(ErrorIds.StreamTruncated, $"The stream from {call.Connection.BaseUri.Host} broke off: {Innermost(exception).Message}", call, exception, partial: partial);
        }

        // Nothing that an answer holds may end a run: whatever reading it throws is this answer's failure.
        return exception is OperationCanceledException
            ? exception
            : Create(ErrorIds.BadResponse, $"{call.Connection.BaseUri.Host} sent no proper answer: {exception.Message}", call, exception, partial: partial);
    }

    /// <summary>The service had asked, in answer to an earlier request, for a pause that is too long to sit out.</summary>
    /// <param name="call">The call.</param>
    /// <param name="wait">What is left of the pause.</param>
    /// <returns>The failure.</returns>
    public static ChatServiceException Paused(CallContext call, TimeSpan wait) => Create(
        ErrorIds.RateLimited, FormattableString.Invariant($"{call.Connection.BaseUri.Host} has asked for no requests for {wait.TotalSeconds:0} s; this one was not sent."), call, null, retryAfter: wait);

    public static ChatServiceException Truncated(CallContext call, string partial) =>
        Create(ErrorIds.StreamTruncated, $"The stream from {call.Connection.BaseUri.Host} ended before the answer did.", call, null, partial: partial);

    public static ChatServiceException Circling(CallContext call, Uri target) => Create(
        ErrorIds.BadResponse, FormattableString.Invariant($"{call.Connection.BaseUri.Host} sent the request on more than {Redirect.MostHops} times, at last to {Show(target)}."), call, null);

    private static string Classify(int status, ApiError? error)
    {
        string code = error?.Code ?? "";
        string message = error?.Message ?? "";
        if (error is not null)
        {
            if (IsOutOfQuota(error))
            {
                return ErrorIds.QuotaExceeded;
            }

            if (code is "context_length_exceeded" || error.Type is "request_too_large" || ContainsAny(message, ContextPhrases))
            {
                return ErrorIds.ContextTooLong;
            }

            if (ContainsAny(code, FilterPhrases) || ContainsAny(error.Type ?? "", FilterPhrases) || ContainsAny(message, FilterPhrases))
            {
                return ErrorIds.ContentFiltered;
            }

            if (code is "model_not_found" or "model_not_exist" or "DeploymentNotFound" || IsAboutMissingModel(message)
                || (error.Type is "not_found_error" && message.StartsWith("model:", StringComparison.OrdinalIgnoreCase)))
            {
                return ErrorIds.ModelNotFound;
            }

            if (code is "invalid_api_key" or "invalid_authentication" or "API_KEY_INVALID" || error.Type is "authentication_error")
            {
                return ErrorIds.AuthenticationFailed;
            }

            if (status == 0)
            {
                return FromWord(code) ?? FromWord(error.Type ?? "") ?? (int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 400 and < 600 ? Classify(number, null) : ErrorIds.ServerError);
            }
        }

        return status switch
        {
            401 or 403 or 407 => ErrorIds.AuthenticationFailed,
            402 => ErrorIds.QuotaExceeded,
            408 or 504 => ErrorIds.Timeout,
            429 => ErrorIds.RateLimited,
            501 => ErrorIds.InvalidRequest,
            >= 500 => ErrorIds.ServerError,
            _ => ErrorIds.InvalidRequest,
        };
    }

    private static string? FromWord(string word) => word switch
    {
        "rate_limit_exceeded" or "rate_limit_error" or "RESOURCE_EXHAUSTED" => ErrorIds.RateLimited,
        "not_found_error" or "INVALID_ARGUMENT" or "FAILED_PRECONDITION" => ErrorIds.InvalidRequest,
        "permission_error" or "UNAUTHENTICATED" or "PERMISSION_DENIED" => ErrorIds.AuthenticationFailed,
        "timeout_error" or "DEADLINE_EXCEEDED" => ErrorIds.Timeout,
        _ when word.StartsWith("invalid_", StringComparison.Ordinal) || word.Contains("image", StringComparison.Ordinal) => ErrorIds.InvalidRequest,
        _ => null,
    };

    private static bool IsAboutMissingModel(string message) =>
        message.Contains("model", StringComparison.OrdinalIgnoreCase)
        && ContainsAny(message, ["does not exist", "not found", "not exist", "no such model", "unknown model", "无可用渠道"]);

    private static string Describe(int status, string location) => status switch
    {
        >= 300 and < 400 => location.Length > 0 ? $"it has moved to {location}." : "it has moved.",
        404 => "there is no such address.",
        405 => "the address does not take this method.",
        _ => "it gave no reason.",
    };

    private static ChatServiceException Create(
        string id, string message, CallContext call, Exception? inner, int? status = null, ApiError? error = null, TimeSpan? retryAfter = null, string? body = null, string? partial = null, string? advice = null)
    {
        Secrets secrets = call.Secrets;
        call.Notes?.Failed(id, partial);
        return new ChatServiceException(id, Printable.Text(Redactor.Redact(message, secrets)), advice ?? Advice.For(id, call, status, retryAfter, partial is { Length: > 0 }), Redactor.Clean(inner, secrets))
        {
            StatusCode = status,
            ServiceCode = Redactor.RedactOptional(error?.Code, secrets),
            ServiceParameter = Redactor.RedactOptional(error?.Param, secrets),
            RequestId = Redactor.RedactOptional(call.RequestId, secrets),
            RetryAfter = retryAfter,
            Attempts = call.Attempts,
            Elapsed = call.Elapsed,
            PartialText = Redactor.RedactOptional(partial, secrets),
            ContentFilters = id == ErrorIds.ContentFiltered ? FilterResults.OfError(body) : [],
            ResponseBody = Shorten(Redactor.RedactOptional(body, secrets)),
        };
    }

    private static string? Shorten(string? body) => body?.Length > LongestBody ? body.Substring(0, LongestBody) : body;

    private static string Describe(Exception exception, CallContext call) => call.HasAnswer
        ? $"The connection to {call.Connection.BaseUri.Host} broke off before the answer was whole: {Innermost(exception).Message}"
        : $"No connection to {call.Connection.BaseUri.GetLeftPart(UriPartial.Authority)}{(call.Connection.Proxy is { } proxy ? $" through the proxy {proxy.GetLeftPart(UriPartial.Authority)}" : "")}: {Innermost(exception).Message}";

    // Without user, password and query, which may hold secrets.
    private static string Show(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static Exception Innermost(Exception exception) => exception.GetBaseException();

    private static bool Matches(string[] words, string? word) => word is not null && Array.Exists(words, w => string.Equals(w, word, StringComparison.OrdinalIgnoreCase));

    private static bool ContainsAny(string text, string[] phrases) => Array.Exists(phrases, p => text.Contains(p, StringComparison.OrdinalIgnoreCase));
}
