using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Exchanges the identity of a machine at OpenAI.</summary>
internal sealed class OpenAITokens : ITokenExchange
{
    public static readonly OpenAITokens Exchange = new();

    private static readonly Uri Own = new("https://auth.openai.com/oauth/token");

    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> ExchangeHeaders => None;

    public KeyValuePair<string, string>? CallHeader => null;

    public string? FileVariable => null;

    public IdentityOrigin Complete(IdentityOrigin origin) => origin switch
    {
        { IdentityProviderId: null } => throw Missing(origin, nameof(IdentityOrigin.IdentityProviderId), "idp_..."),
        { ServiceAccountId: null } => throw Missing(origin, nameof(IdentityOrigin.ServiceAccountId), "sa_..."),
        _ => origin,
    };

    public Uri? AddressFor(Uri service) =>
        service.Host == BaseAddress.OpenAI.Host || service.Host.EndsWith("." + BaseAddress.OpenAI.Host, StringComparison.Ordinal) ? Own
        : BaseAddress.IsLoopback(service) ? new Uri(service, "/oauth/token")
        : null;

    public IReadOnlyDictionary<string, object?> Body(IdentityOrigin origin, string token) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
        ["subject_token"] = token,
        ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
        ["identity_provider_id"] = origin.IdentityProviderId,
        ["service_account_id"] = origin.ServiceAccountId,
        ["client_id"] = origin.ClientId,
    };

    private static ChatServiceException Missing(IdentityOrigin origin, string member, string form) => Failures.Invalid(
        $"-Identity: {member} is missing, without which OpenAI gives no token.", $"Give it as OpenAI's page on workload identity shows it: -Identity @{{ Source = '{origin.Source ?? IdentityOrigin.TokenFile}'; {member} = '{form}' }}.");
}
