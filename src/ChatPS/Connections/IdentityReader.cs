using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Connections;

/// <summary>Reads what is given to <c>-Identity</c>.</summary>
internal static class IdentityReader
{
    private static readonly string[] Members =
    [
        "Source", nameof(IdentityOrigin.Path), nameof(IdentityOrigin.Audience), nameof(IdentityOrigin.ManagedIdentityId), nameof(IdentityOrigin.TokenUri), nameof(IdentityOrigin.IdentityProviderId),
        nameof(IdentityOrigin.ServiceAccountId), nameof(IdentityOrigin.ClientId), nameof(IdentityOrigin.FederationRuleId), nameof(IdentityOrigin.OrganizationId), nameof(IdentityOrigin.WorkspaceId),
    ];

    /// <summary>Reads an identity.</summary>
    /// <param name="cmdlet">The cmdlet that it was given to.</param>
    /// <param name="given">A source, a script block, or a hashtable.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="ChatServiceException">It is none; it says why.</exception>
    public static IdentityOrigin Read(PSCmdlet cmdlet, object given)
    {
        object plain = Bare.Of(given)!;
        if (plain is not IDictionary members)
        {
            return OfSource(plain);
        }

        Dictionary<string, object?> values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((object key, object? value) in PlainObject.Entries(members))
        {
            string name = Array.Find(Members, member => string.Equals(member, key.ToString(), StringComparison.OrdinalIgnoreCase)) ?? throw Failures.Invalid(
                $"-Identity: '{ApiKey.Withhold(key.ToString())}' is no member of an identity.", $"The members are: {string.Join(", ", Members)}.");
            values[name] = Bare.Of(value);
        }

        string? Text(string name) => !values.TryGetValue(name, out object? value) || value is null ? null
            : value is string text && !string.IsNullOrWhiteSpace(text) ? text
            : throw Failures.Invalid($"-Identity: {name} is no text, or empty.", $"Give it as text, such as @{{ {name} = '...' }}.");

        object source = values.TryGetValue("Source", out object? named) && named is not null ? named : throw Failures.Invalid(
            "-Identity: Source is missing.", $"Give one of {string.Join(", ", IdentityOrigin.Sources)}, or a script block that gives a token.");
        return OfSource(source) with
        {
            Path = Text(nameof(IdentityOrigin.Path)) is { } path ? cmdlet.GetUnresolvedProviderPathFromPSPath(path) : null,
            Audience = Text(nameof(IdentityOrigin.Audience)),
            ManagedIdentityId = Text(nameof(IdentityOrigin.ManagedIdentityId)),
            TokenUri = (values.TryGetValue(nameof(IdentityOrigin.TokenUri), out object? uri) && uri is Uri address ? address.OriginalString : Text(nameof(IdentityOrigin.TokenUri))) is { } text ? Address(text) : null,
            IdentityProviderId = Text(nameof(IdentityOrigin.IdentityProviderId)),
            ServiceAccountId = Text(nameof(IdentityOrigin.ServiceAccountId)),
            ClientId = Text(nameof(IdentityOrigin.ClientId)),
            FederationRuleId = Text(nameof(IdentityOrigin.FederationRuleId)),
            OrganizationId = Text(nameof(IdentityOrigin.OrganizationId)),
            WorkspaceId = Text(nameof(IdentityOrigin.WorkspaceId)),
        };
    }

    private static IdentityOrigin OfSource(object source) => source is ScriptBlock script
        ? new IdentityOrigin { Script = script.ToString() }
        : source is string name && IdentityOrigin.Sources.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? new IdentityOrigin { Source = found }
            : throw Failures.Invalid(
                source is string text && ApiKey.Withhold(text) is { } shown ? $"-Identity: '{shown}' is no source of identities." : "-Identity: what was given is no source of identities.",
                $"Give one of {string.Join(", ", IdentityOrigin.Sources)}, a script block that gives a token, or a hashtable with Source and the ids that the service asks for.");

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri is { UserInfo.Length: 0, Query.Length: 0 }
        ? uri
        : throw Failures.Invalid("-Identity: TokenUri is no address.", "Write it like https://auth.example.com/oauth/token, without a query.");
}
