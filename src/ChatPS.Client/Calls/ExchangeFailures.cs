using System.Net;
using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Calls;

/// <summary>What went wrong on the way from the identity of a machine to a token: told of the host that was asked, and quoting nothing secret.</summary>
internal static class ExchangeFailures
{
    private const int ShortestPart = 10;

    /// <summary>Whether it is worth to try again.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>Whether it may pass.</returns>
    public static bool MayPass(ChatServiceException failure) => failure.ErrorId switch
    {
        ErrorIds.RateLimited or ErrorIds.ServerError => !(failure.RetryAfter > RetryAfter.LongestWait),
        ErrorIds.ConnectionFailed => failure.InnerException is not { } inner || !ConnectionFailures.IsPermanent(inner),
        _ => false,
    };

    /// <summary>Whether an exception is one of the way to the host, or of what it sent.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="cancellationToken">The caller's wish to stop, which is none.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsOfTransport(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or AnswerTooLargeException or InvalidDataException or NotSupportedException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Tells of a host that could not be asked, or sent what cannot be read.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="what">What was tried.</param>
    /// <param name="advice">What to do.</param>
    /// <returns>The failure.</returns>
    public static ChatServiceException OfTransport(Exception exception, string what, string advice) => new(
        exception is AnswerTooLargeException or InvalidDataException ? ErrorIds.BadResponse : ErrorIds.ConnectionFailed,
        $"{what}: {(exception is OperationCanceledException ? "no answer came in time" : exception is AnswerTooLargeException ? "its answer is too large for a token" : Printable.Line(exception.GetBaseException().Message, 500))}.",
        advice,
        exception);

    /// <summary>Tells of an answer that is no token.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="what">What was tried, and the status.</param>
    /// <param name="json">The answer's body, where it is an object.</param>
    /// <param name="secrets">What must not be quoted.</param>
    /// <param name="advice">What to do where the answer is a refusal.</param>
    /// <returns>The failure.</returns>
    public static ChatServiceException OfAnswer(HttpResponseMessage response, string what, JsonElement? json, IEnumerable<string> secrets, string advice)
    {
        int status = (int)response.StatusCode;
        string said = Printable.Line(secrets.Aggregate(Said(json), Mask), 500);
        string where = status is >= 300 and < 400 && response.Headers.Location is { IsAbsoluteUri: true } target ? $" It points to {target.Host}, which is not followed." : "";
        bool isRefused = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        return new ChatServiceException(
            status == 429 ? ErrorIds.RateLimited : status is 408 or 409 or >= 500 ? ErrorIds.ServerError : isRefused ? ErrorIds.AuthenticationFailed : ErrorIds.BadResponse,
            $"{what}{(said.Length > 0 ? $": {said}" : ".")}{where}",
            isRefused ? advice : status is 408 or 409 or 429 or >= 500 ? "Try later, or raise -MaxRetry." : "Check the address, and TokenUri if one is given.")
        {
            StatusCode = status,
            RetryAfter = RetryAfter.Read(response.Headers, TimeProvider.System),
        };
    }

    // As it is, as it stands in addresses, and its parts: the signature alone is a secret as well.
    private static string Mask(string text, string secret) => secret.Split('.').Where(part => part.Length > ShortestPart)
        .Concat([secret, Uri.EscapeDataString(secret)]).OrderByDescending(form => form.Length).Aggregate(text, SecretValue.Mask);

    // OAuth's own form, or the form of the service's other errors.
    private static string Said(JsonElement? json) => json is not { } error ? ""
        : string.Join(": ", new[] { error.TextOf("error"), error.TextOf("error_description"), error.ObjectOf("error")?.TextOf("message") }.Where(text => text is { Length: > 0 }));
}
