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

    /// <summary>Whether trying again does not help, since the account has nothing left.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The answer's body.</param>
    /// <param name="host">Who answered.</param>
    /// <returns>Whether it has not.</returns>
    public static bool IsOutOfQuota(int status, string body, string host) =>
        ApiError.TryParse(body, out ApiError? error) && FailureMeaning.Find(status, error, body, host) == ErrorIds.QuotaExceeded;

    /// <summary>Maps an answer that is an error.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="body">The answer's body.</param>
    /// <param name="call">The call.</param>
    /// <param name="inner">What noticed the error.</param>
    /// <param name="request">What was asked.</param>
    /// <returns>The failure.</returns>
    public static ChatServiceException FromAnswer(int status, HttpResponseHeaders? headers, string? body, CallContext call, Exception? inner = null, HttpRequestMessage? request = null)
    {
        ApiError? error = ApiError.TryParse(body, out ApiError? said) ? said : null;
        string id = FailureMeaning.Find(status, error, body, call.Connection.BaseUri.Host);
        if (id is ErrorIds.InvalidRequest or VendorWords.NoEndpoint && IsOver(status, error, call))
        {
            id = ErrorIds.ModelNotFound;
        }

        string location = status is >= 300 and < 400 && headers is not null && Redirect.Location(headers, call.Connection.BaseUri) is { } target ? Show(target) : "";
        string reason = error?.Message is { Length: > 0 } words ? words : Describe(status, location);
        TimeSpan? retryAfter = headers is null ? null : RetryAfter.Read(headers, call.Time);
        string message = $"{call.Connection.BaseUri.Host} answered {status}: {reason}";
        return id == VendorWords.NoEndpoint
            ? Create(ErrorIds.InvalidRequest, message, call, inner, status, error, retryAfter, body, endpoint: Endpoint.Of(request, call.Connection.BaseUri))
            : Create(id, message, call, inner, status, error, retryAfter, body, advice: Advised(error, call));
    }

    /// <summary>Maps an error that came within a successful answer or a stream.</summary>
    /// <param name="error">The error.</param>
    /// <param name="body">The JSON that it stood in.</param>
    /// <param name="call">The call.</param>
    /// <param name="partial">The text that had arrived.</param>
    /// <returns>The failure.</returns>
    public static ChatServiceException FromPayload(ApiError error, string body, CallContext call, string? partial = null)
    {
        string id = FailureMeaning.Find(0, error, body, call.Connection.BaseUri.Host);
        string message = $"{call.Connection.BaseUri.Host} reported an error: {error.Message}";
        return id == VendorWords.NoEndpoint
            ? Create(ErrorIds.InvalidRequest, message, call, null, null, error, body: body, partial: partial, endpoint: Endpoint.OfText(error.Message))
            : Create(id, message, call, null, null, error, error.RetryDelay, body, partial, Advised(error, call));
    }

    /// <summary>Maps what was thrown on the way. The caller's own cancellation is not a failure and is given back as it is.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="call">The call.</param>
    /// <param name="partial">The text that had arrived, if the answer was streamed.</param>
    /// <param name="body">What had been read of the answer.</param>
    /// <returns>The failure, or the cancellation.</returns>
    public static Exception FromException(Exception exception, CallContext call, string? partial = null, string? body = null)
    {
        if (exception is ChatServiceException)
        {
            return exception;
        }

        if (call.Deadline.CallerCancelled)
        {
            return new OperationCanceledException(Redactor.Clean(exception.Message, call.Secrets), Redactor.Clean(exception, call.Secrets));
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

        if (ConnectionFailures.Find<ChangedFileException>(exception) is { } changed)
        {
            return Create(ErrorIds.InvalidRequest, changed.Message, call, exception, advice: "Wait until nobody writes to the file, and send it again.");
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
                ? Create(ErrorIds.ConnectionFailed, Describe(exception, call), call, exception, status: call.HasAnswer ? call.AnswerStatus : null, advice: Advice.ForConnecting(exception, call.Connection))
                : Create(ErrorIds.StreamTruncated, $"The stream from {call.Connection.BaseUri.Host} broke off: {Innermost(exception).Message}", call, exception, partial: partial);
        }

        // Nothing that an answer holds may end a run: whatever reading it throws is this answer's failure.
        return Create(ErrorIds.BadResponse, $"{call.Connection.BaseUri.Host} sent no proper answer: {DamagedAnswer.Describe(exception, body)}", call, exception, body: body, partial: partial);
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

    private static string? Advised(ApiError? error, CallContext call) => error is null ? null : call.Connection.Dialect.Advise(error, call.Connection);

    // A model may live on after its end: of a bad request, the words must show that it is about the model.
    private static bool IsOver(int status, ApiError? error, CallContext call) =>
        (status is 404 or 410 || (status is 400 or 422 && error?.Message?.Contains("model", StringComparison.OrdinalIgnoreCase) == true))
        && call.Model is { } model && call.Models?.IsOver(model) == true;

    private static string Describe(int status, string location) => status switch
    {
        >= 300 and < 400 => location.Length > 0 ? $"it has moved to {location}." : "it has moved.",
        404 => "there is no such address.",
        405 => "the address does not take this method.",
        _ => "it gave no reason.",
    };

    private static ChatServiceException Create(
        string id, string message, CallContext call, Exception? inner, int? status = null, ApiError? error = null, TimeSpan? retryAfter = null, string? body = null, string? partial = null, string? advice = null, string? endpoint = null)
    {
        Secrets secrets = call.Secrets;
        if (endpoint is not null)
        {
            message = Endpoint.Explain(message, endpoint);
            advice = Endpoint.Advice(endpoint, call.Connection);
        }

        call.Notes?.Failed(id, partial);
        return new ChatServiceException(id, Printable.Text(Redactor.Clean(message, secrets)), advice ?? Advice.ForThoughts(id, message) ?? Advice.For(id, call, status, retryAfter, partial is { Length: > 0 }), Redactor.Clean(inner, secrets))
        {
            StatusCode = status,
            ServiceCode = CleanOptional(error?.Code, secrets),
            ServiceParameter = CleanOptional(error?.Param, secrets),
            RequestId = call.RequestId,
            RetryAfter = retryAfter,
            Attempts = call.Attempts,
            Elapsed = call.Elapsed,
            PartialText = Redactor.RedactOptional(partial, secrets),
            ContentFilters = id == ErrorIds.ContentFiltered ? FilterResults.OfError(body) : [],
            MissingEndpoint = endpoint,
            ResponseBody = Shorten(CleanOptional(body, secrets)),
        };
    }

    private static string? CleanOptional(string? text, Secrets secrets) => text is null ? null : Redactor.Clean(text, secrets);

    private static string? Shorten(string? body) => body?.Length > LongestBody ? body.Substring(0, LongestBody) : body;

    private static string Describe(Exception exception, CallContext call) => call.HasAnswer
        ? $"The connection to {call.Connection.BaseUri.Host} broke off before the answer was whole: {Innermost(exception).Message}"
        : $"No connection to {call.Connection.BaseUri.GetLeftPart(UriPartial.Authority)}{(call.Connection.Proxy is { } proxy ? $" through the proxy {proxy.GetLeftPart(UriPartial.Authority)}" : "")}: {Innermost(exception).Message}";

    // Without user, password and query, which may hold secrets.
    private static string Show(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static Exception Innermost(Exception exception) => exception.GetBaseException();
}
