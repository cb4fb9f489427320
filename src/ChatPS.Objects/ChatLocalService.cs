namespace ChatPS;

/// <summary>A server on this machine that was found, ready to be piped to <c>Connect-ChatService</c>.</summary>
public sealed class ChatLocalService
{
    /// <summary>The name for a connection: the provider's, with the port where it is not the usual one.</summary>
    public string Name { get; init; } = "";

    /// <summary>The provider; <c>Custom</c> where the server does not tell what it is.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The address to connect to.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>The server's version; null where it does not tell.</summary>
    public string? Version { get; init; }

    /// <summary>Whether the server asks for a key; then it does not tell its models.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>The names of its models.</summary>
    public string[] Models { get; init; } = [];

    /// <summary>How many models it has.</summary>
    public int ModelCount => Models.Length;

    /// <inheritdoc />
    public override string ToString() => Name;
}
