namespace ChatPS;

/// <summary>A service that <c>Connect-ChatService -Provider</c> knows by name.</summary>
public sealed class ChatProvider
{
    /// <summary>The name to give to <c>-Provider</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is, in a few words.</summary>
    public string? Description { get; init; }

    /// <summary>The address; null where it must be given with <c>-BaseUri</c>.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>How it is spoken to.</summary>
    public string Dialect { get; init; } = "";

    /// <summary>The environment variables that hold its key; the first that is set counts.</summary>
    public string[] KeyVariable { get; init; } = [];

    /// <summary>Whether one of these variables is set.</summary>
    public bool IsKeySet { get; init; }

    /// <summary>Whether it is a server on this machine.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Whether <c>-BaseUri</c> must be given.</summary>
    public bool NeedsBaseUri { get; init; }

    /// <summary><c>BuiltIn</c>, or the path of the file that describes it.</summary>
    public string Source { get; init; } = "BuiltIn";

    /// <inheritdoc />
    public override string ToString() => Name;
}
