using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Exchanges the identity of a machine at Anthropic.</summary>
internal sealed class AnthropicAccess : ITokenExchange
{
    public static readonly AnthropicAccess Exchange = new();

    private const string Beta = "anthropic-beta";
    private const string Access = "oauth-2025-04-20";

    public IReadOnlyDictionary<string, string> ExchangeHeaders { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { [Beta] = Access + ",oidc-federation-2026-04-01" };

    public KeyValuePair<string, string>? CallHeader { get; } = new(Beta, Access);

    public string? FileVariable => "ANTHROPIC_IDENTITY_TOKEN_FILE";

    public IdentityOrigin Complete(IdentityOrigin origin) => origin with
    {
        FederationRuleId = origin.FederationRuleId ?? Required(origin, "ANTHROPIC_FEDERATION_RULE_ID", nameof(IdentityOrigin.FederationRuleId)),
        OrganizationId = origin.OrganizationId ?? Required(origin, "ANTHROPIC_ORGANIZATION_ID", nameof(IdentityOrigin.OrganizationId)),
        ServiceAccountId = origin.ServiceAccountId ?? Variable("ANTHROPIC_SERVICE_ACCOUNT_ID"),
        WorkspaceId = origin.WorkspaceId ?? Variable("ANTHROPIC_WORKSPACE_ID"),
    };

    public Uri? AddressFor(Uri service) => new(service.AbsoluteUri.TrimEnd('/') + "/oauth/token");

    public IReadOnlyDictionary<string, object?> Body(IdentityOrigin origin, string token) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
        ["assertion"] = token,
        ["federation_rule_id"] = origin.FederationRuleId,
        ["organization_id"] = origin.OrganizationId,
        ["service_account_id"] = origin.ServiceAccountId,
        ["workspace_id"] = origin.WorkspaceId,
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string Required(IdentityOrigin origin, string variable, string member) => Variable(variable) ?? throw Failures.Invalid(
        $"-Identity: {member} is missing, without which Anthropic gives no token.", $"Set {variable}, or give -Identity @{{ Source = '{origin.Source ?? IdentityOrigin.TokenFile}'; {member} = '...' }}.");
}
