namespace ChatPS;

/// <summary>A sandbox that runs in this process.</summary>
public sealed class ChatSandbox
{
    /// <summary>The name of the connection to it, and the name to stop it by.</summary>
    public string Name { get; init; } = "";

    /// <summary>The address to connect to.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>The loopback port that it listens on.</summary>
    public int Port { get; init; }

    /// <summary>Whether it asks for a key.</summary>
    public bool RequiresKey { get; init; }

    /// <summary>When it was started, in UTC.</summary>
    public DateTimeOffset Started { get; init; }

    /// <inheritdoc />
    public override string ToString() => BaseUri?.ToString() ?? Name;
}
