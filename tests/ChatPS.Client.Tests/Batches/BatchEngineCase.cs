using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Batches;

/// <summary>A vendor's batches as the suite asks for them.</summary>
/// <param name="Name">The name in the list of tests.</param>
/// <param name="Dialect">The dialect of the connection.</param>
/// <param name="Path">What stands behind the host in its address.</param>
internal sealed record BatchEngineCase(string Name, Dialect Dialect, string Path)
{
    /// <summary>What its batches ask for.</summary>
    public ChatBatchKind Kind { get; init; } = ChatBatchKind.Chat;

    /// <summary>Whether a file goes up before a part is started.</summary>
    public bool Uploads { get; init; } = true;

    /// <summary>Whether the service tells of single requests that were not run in time.</summary>
    public bool TellsSingleExpiry { get; init; } = true;

    /// <summary>Whether parts are found by their names alone; if not, the service keeps none.</summary>
    public bool KeepsNames { get; init; } = true;

    /// <summary>Whether a whole batch expires when its labels ask for it.</summary>
    public bool Expires { get; init; } = true;

    /// <summary>Whether the labels that users give are kept, so that words in them steer the sandbox.</summary>
    public bool KeepsLabels { get; init; } = true;

    /// <summary>Whether the service has a queue that holds so many tokens and no more.</summary>
    public bool HasQueue { get; init; } = true;

    /// <summary>Whether results come in another order than the requests.</summary>
    public bool MixesResults { get; init; } = true;

    /// <summary>Whether live requests name the model in their address alone.</summary>
    public bool ModelInAddress { get; init; }

    /// <summary>Connects to a sandbox.</summary>
    public ServiceConnection Connect(SandboxServer server) => Engine.Connect(new ConnectionSettings
    {
        Dialect = Dialect,
        BaseUri = new Uri($"http://127.0.0.1:{server.Port}{Path}"),
        Key = Engine.Secret(Engine.Key),
        Model = "sandbox-mini",
        MaxRetry = 0,
    });

    /// <inheritdoc />
    public override string ToString() => Name;
}
