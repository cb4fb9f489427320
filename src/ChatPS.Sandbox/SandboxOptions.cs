using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox;

/// <summary>How a <see cref="SandboxServer"/> behaves.</summary>
public sealed class SandboxOptions
{
    /// <summary>The loopback port; 0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The wait before an answer starts. Default: none.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The wait between two events of a streamed answer. Default: none.</summary>
    public TimeSpan ChunkDelay { get; init; }

    /// <summary>The key that a request must bring; <see langword="null"/>, the default, accepts any request.</summary>
    public string? RequiredKey { get; init; }

    /// <summary>Scripted answers; the first rule that matches wins.</summary>
    public IReadOnlyList<SandboxRule> Rules { get; init; } = [];

    /// <summary>Faults to play; the first one that is due takes the request, and the later ones do not count it.</summary>
    public IReadOnlyList<SandboxFault> Faults { get; init; } = [];

    /// <summary>How many requests are kept for inspection; the oldest goes first. Default: 1000.</summary>
    public int MaxRecordedRequests { get; init; } = 1000;

    /// <summary>The largest request body in bytes; a larger one is answered with 413. Default: 64 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>What the services allow, such as the largest file. Default: what they allow in fact.</summary>
    public SandboxLimits Limits { get; init; } = new();

    /// <summary>How many connections are served at once; idle ones make room, further ones wait. Default: 256.</summary>
    public int MaxConnections { get; init; } = 256;

    /// <summary>The clock behind the times in answers and records. Default: the system's.</summary>
    public Func<DateTimeOffset> Clock { get; init; } = static () => DateTimeOffset.UtcNow;

    /// <summary>Whether other models than the listed ones are refused, as a real service would. Default: false.</summary>
    public bool RefusesOtherModels { get; init; }

    /// <summary>The models that are listed. Unless <see cref="RefusesOtherModels"/> is set, other names are answered, too, if they do not begin with "missing" or "no-such".</summary>
    public IReadOnlyList<string> Models { get; init; } = ["sandbox-mini", "sandbox-large", "omni-moderation-latest", "sandbox-instruct"];
}
