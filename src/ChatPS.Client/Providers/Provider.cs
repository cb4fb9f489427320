using ChatPS.Client.Connections;

namespace ChatPS.Client.Providers;

/// <summary>A service that is known by name.</summary>
public sealed record Provider
{
    /// <summary>The provider that stands for an address of the user's own.</summary>
    public const string Custom = nameof(Custom);

    /// <summary>The name to choose it by.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public string? Description { get; init; }

    /// <summary>The address, used as it is; null where users must give one.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>The environment variable that names another address, for a gateway before the service; null for none.</summary>
    public string? AddressVariable { get; init; }

    /// <summary>The name of its dialect.</summary>
    public string Dialect { get; init; } = "OpenAI";

    /// <summary>The environment variables that hold its key; the first that is set counts.</summary>
    public IReadOnlyList<string> KeyVariables { get; init; } = [];

    /// <summary>The header that carries the key; null for the dialect's.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>Further hosts that are the provider's; <c>*.</c> in front stands for any name before the rest.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Whether it is a server on this machine, which asks for no key unless told to.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Whether users must give the address.</summary>
    public bool NeedsBaseUri { get; init; }

    /// <summary>Whether its list of models tells when they end.</summary>
    public bool TellsRetirement { get; init; }

    /// <summary>The parameters of Invoke-ChatCompletion that it refuses, each with its dash.</summary>
    public IReadOnlyList<string> Unsupported { get; init; } = [];

    /// <summary>How it is told how hard to think, where its dialect is OpenAI's.</summary>
    public ReasoningForm Reasoning { get; init; }

    /// <summary>The file that describes it; null for one that ChatPS brings.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the key in the environment may go to an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Whether its host is the provider's.</returns>
    public bool Owns(Uri address) =>
        (BaseUri is not null && (IsSame(BaseUri.Host, address.Host) || (IsLocal && BaseAddress.IsLoopback(address))))
        || Hosts.Any(host => host.StartsWith("*.", StringComparison.Ordinal)
            ? address.Host.EndsWith(host.Substring(1), StringComparison.OrdinalIgnoreCase) && address.Host.Length >= host.Length
            : IsSame(host, address.Host));

    /// <summary>The first of the key's variables that is set; null if none is.</summary>
    public string? SetVariable => KeyVariables.FirstOrDefault(variable => Environment.GetEnvironmentVariable(variable) is { Length: > 0 });

    /// <summary>Tells what is to be known of the provider.</summary>
    /// <returns>The object for users.</returns>
    public ChatProvider Describe() => new()
    {
        Name = Name,
        Description = Description,
        BaseUri = BaseUri,
        Dialect = Dialect,
        KeyVariable = [.. KeyVariables],
        IsKeySet = SetVariable is not null,
        IsLocal = IsLocal,
        NeedsBaseUri = NeedsBaseUri,
        Source = Source ?? "BuiltIn",
    };

    private static bool IsSame(string host, string other) => string.Equals(host, other, StringComparison.OrdinalIgnoreCase);
}
