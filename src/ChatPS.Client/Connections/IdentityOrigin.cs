using ChatPS.Client.Faults;

namespace ChatPS.Client.Connections;

/// <summary>
/// How the machine shows who it is, and for what that is exchanged at the service. It holds no secret: a profile keeps it in the place
/// of a key.
/// </summary>
public sealed record IdentityOrigin
{
    /// <summary>The source that asks Azure for the token of its managed identity.</summary>
    public const string ManagedIdentity = nameof(ManagedIdentity);

    /// <summary>The source that reads a file which somebody else keeps fresh, such as Kubernetes.</summary>
    public const string TokenFile = nameof(TokenFile);

    /// <summary>The source that asks GitHub Actions.</summary>
    public const string GitHub = nameof(GitHub);

    /// <summary>The sources that are known by name.</summary>
    public static readonly IReadOnlyList<string> Sources = [ManagedIdentity, TokenFile, GitHub];

    /// <summary>Where the machine's own token comes from: one of <see cref="Sources"/>; null for a script.</summary>
    public string? Source { get; init; }

    /// <summary>The text of a script that gives the machine's own token.</summary>
    public string? Script { get; init; }

    /// <summary>The file of the token; null for the one that the environment names.</summary>
    public string? Path { get; init; }

    /// <summary>For whom the machine's own token is made out; null for the usual one.</summary>
    public string? Audience { get; init; }

    /// <summary>The client id of a managed identity, where the machine has several.</summary>
    public string? ManagedIdentityId { get; init; }

    /// <summary>Where the token is exchanged; null for the service's own address.</summary>
    public Uri? TokenUri { get; init; }

    /// <summary>What OpenAI calls the provider of the identity.</summary>
    public string? IdentityProviderId { get; init; }

    /// <summary>Whom the service takes the machine for.</summary>
    public string? ServiceAccountId { get; init; }

    /// <summary>The client at OpenAI; null for none.</summary>
    public string? ClientId { get; init; }

    /// <summary>The rule by which Anthropic trusts the identity.</summary>
    public string? FederationRuleId { get; init; }

    /// <summary>The organization at Anthropic.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The workspace at Anthropic; null for that of the rule.</summary>
    public string? WorkspaceId { get; init; }

    /// <summary>Finds what cannot work, wherever it was written, before anything is sent.</summary>
    /// <returns>The same.</returns>
    /// <exception cref="ChatServiceException">Something is wrong; it says what.</exception>
    internal IdentityOrigin Check() => (Source is null) == (Script is null) ? throw Failures.Invalid(
            "-Identity: there is to be one source, or one script.", $"Give one of {string.Join(", ", Sources)}, or a script block.")
        : Source is not null && !Sources.Contains(Source, StringComparer.Ordinal) ? throw Failures.Invalid(
            $"-Identity: '{Printable.Line(Source)}' is no source of identities.", $"Give one of {string.Join(", ", Sources)}, or a script block.")
        : Source == ManagedIdentity && Audience is null ? throw Failures.Invalid(
            "-Identity: Audience is missing. A managed identity gives tokens for one audience, and one that is meant for Azure itself must not go to others.",
            "Give as Audience the Application ID URI of the app that the service was told to trust, such as -Identity @{ Source = 'ManagedIdentity'; Audience = 'api://...' }.")
        : Path is not null && Source != TokenFile ? throw Unused(nameof(Path))
        : ManagedIdentityId is not null && Source != ManagedIdentity ? throw Unused(nameof(ManagedIdentityId))
        : Audience is not null && Source is TokenFile or null ? throw Unused(nameof(Audience))
        : Path is not null && !System.IO.Path.IsPathRooted(Path) ? throw Failures.Invalid($"-Identity: the path '{Printable.Line(Path)}' is not whole.", "Give Path from the root on.")
        : TokenUri is { } uri && (!uri.IsAbsoluteUri || uri.UserInfo.Length > 0 || uri.Query.Length > 0) ? throw Failures.Invalid("-Identity: TokenUri is no address.", "Write it like https://auth.example.com/oauth/token, without a query.")
        : this;

    private ChatServiceException Unused(string member) => Failures.Invalid($"-Identity: {member} is nothing for {Source ?? "a script"}.", $"Leave {member} out.");

    /// <inheritdoc />
    public override string ToString() => $"Identity: {Source ?? "Script"}";
}
