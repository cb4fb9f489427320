using System.Security.Authentication;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Calls;

/// <summary>What to do about a failure.</summary>
internal static class Advice
{
    private static readonly string[] Thoughts = ["reasoning_content", "reasoning_details", "thought_signature", "required 'reasoning' item"];

    /// <summary>What to do about a connection that did not come about.</summary>
    /// <param name="exception">Why it did not.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>The advice; null where there is no special one.</returns>
    public static string? ForConnecting(Exception exception, ConnectionSettings connection) =>
        ConnectionFailures.Find<CertificateException>(exception) is { } wrong ? wrong.Advice
        : ConnectionFailures.Find<AuthenticationException>(exception) is not null
            ? $"Check that {connection.BaseUri.Host} speaks TLS {connection.MinimumTlsVersion} or later, and whether it asks for Connect-ChatService -ClientCertificate."
        : ConnectionFailures.IsTunnelRefused(exception) ? "Check -Proxy and -ProxyCredential of Connect-ChatService."
        : null;

    /// <summary>What to do where a service misses the reasoning of its earlier answers.</summary>
    /// <param name="errorId">What the failure means.</param>
    /// <param name="message">What the service says.</param>
    /// <returns>The advice; null where that is not what it misses.</returns>
    public static string? ForThoughts(string errorId, string message) => errorId != ErrorIds.InvalidRequest ? null
        : message.Contains("not persisted when `store`", StringComparison.Ordinal) ? "The service has not kept what its model had thought. Give -ReasoningEffort or -ReasoningSummary from the first request on, so that it comes along, encrypted, and goes back; or leave out -Store $false."
        : Array.Exists(Thoughts, name => message.Contains(name, StringComparison.OrdinalIgnoreCase))
            ? "The service wants what its model had thought back with the answers that call tools. Go on from the answers themselves, their Messages or a session, which keep it; in a message that is written by hand, give the member that the error names. -ReasoningEffort none switches thinking off, where the model can."
            : null;

    private static string EndOf(CallContext call) => call.Model is not { } model || call.Models?.EndOf(model) is not { } end ? ""
        : (end.RetiresAt is { } day ? FormattableString.Invariant($"The service {(day <= call.Time.GetUtcNow() ? "stopped" : "stops")} offering '{Printable.Line(model)}' on {day:yyyy-MM-dd}. ") : "")
            + (end.Replacement is { } other ? $"It names '{Printable.Line(other)}' in its place. " : "");

    // What ends soon is no way out.
    private static IEnumerable<string> Lasting(CallContext call) => (KnownModels.Find(call.Connection.BaseUri) ?? []).Where(name => call.Models?.Lasts(name) != false);

    public static string For(string errorId, CallContext call, int? status, TimeSpan? retryAfter, bool isPartial)
    {
        ConnectionSettings connection = call.Connection;
        return errorId switch
        {
            _ when call.HasNoRetryBudget =>
                $"Too many requests of connection '{connection.Name}' fail, so none is tried again until more succeed. See whether {connection.BaseUri.Host} is up (Test-ChatConnection).",
            ErrorIds.AuthenticationFailed when status == 407 => "The proxy asks who is calling: use Connect-ChatService -ProxyCredential.",
            ErrorIds.AuthenticationFailed when connection.Key is null =>
                connection.Name == ConnectionSettings.EnvironmentName
                    ? "The connection has no key: set OPENAI_API_KEY, or use Connect-ChatService -ApiKey."
                    : $"Connection '{connection.Name}' has no key: give one to Connect-ChatService with -ApiKey, -ApiKeyVariable or -SecretName. A key in the environment is not used for an address that is given.",
            ErrorIds.AuthenticationFailed =>
                $"Check the key of connection '{connection.Name}' (from {connection.Key.Source}) and what it is allowed to do at {connection.BaseUri.Host}.",
            ErrorIds.RateLimited when retryAfter > RetryAfter.LongestWait => FormattableString.Invariant(
                $"The service asks to wait {retryAfter.Value.TotalSeconds:0} s, longer than a run waits by itself. Run again then; a checkpoint keeps what is there."),
            ErrorIds.RateLimited => retryAfter is { } wait
                ? FormattableString.Invariant($"The service asks to wait {wait.TotalSeconds:0.#} s. Raise -MaxRetry, or lower the rate with Connect-ChatService -RequestsPerMinute or -TokensPerMinute.")
                : "Raise -MaxRetry, or lower the rate with Connect-ChatService -RequestsPerMinute or -TokensPerMinute.",
            ErrorIds.QuotaExceeded => $"Top up the account at {connection.BaseUri.Host}, or raise its limit; trying again does not help.",
            ErrorIds.ModelNotFound => EndOf(call) + NearestNames.Advise(call.Model ?? "", Lasting(call), "See what there is with Get-ChatModel, and name it with -Model."),
            ErrorIds.ContextTooLong => "Shorten the input, split it, or use a model with a larger context.",
            ErrorIds.ContentFiltered => "The service's content rules refused this. Look at the input; Test-ChatModeration can tell beforehand.",
            ErrorIds.Timeout => "Allow more time with -TimeoutSec, stream the answer with -Stream, or ask for less.",
            ErrorIds.ConnectionFailed when call.HasAnswer => "Ask again.",
            ErrorIds.ConnectionFailed => $"Check that {connection.BaseUri} is right and reachable (Test-ChatConnection), and whether a proxy is needed.",
            ErrorIds.StreamTruncated => "Ask again. What arrived is in PartialText of the exception.",
            ErrorIds.BadResponse when isPartial => "Ask again. What arrived is in PartialText of the exception.",
            ErrorIds.BadResponse => $"Check that {connection.BaseUri} is the API's address and not a web page's. What came is in ResponseBody of the exception.",
            ErrorIds.ServerError => "The service failed. Try later, or raise -MaxRetry.",
            _ when status == 404 => $"Check the address of connection '{connection.Name}': {connection.BaseUri}.",
            _ when status is >= 300 and < 400 => "Connect to the new address. Keys are never sent on to another one.",
            _ => "Correct the request; -Verbose shows what was called.",
        };
    }
}
