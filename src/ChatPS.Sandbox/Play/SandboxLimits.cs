namespace ChatPS.Sandbox.Play;

/// <summary>What the services that the sandbox plays allow. A test lowers what it wants to run into.</summary>
public sealed class SandboxLimits
{
    /// <summary>The largest file of one upload, in bytes. Default: the service's own, 512 MB at OpenAI and Azure, 500 MB at Anthropic, 2 GB at Gemini.</summary>
    public long? FileBytes { get; init; }

    /// <summary>The largest part of an upload in parts, in bytes. Default: 64 MB.</summary>
    public long PartBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>The largest upload in parts, in bytes. Default: 8 GB.</summary>
    public long UploadBytes { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>How long an upload in parts may take. Default: one hour; at Gemini two days.</summary>
    public TimeSpan? UploadLifetime { get; init; }

    /// <summary>How many files a service keeps. Default: 100,000.</summary>
    public int Files { get; init; } = 100_000;

    /// <summary>The most requests of a batch. Default: the service's own, 50,000 at OpenAI and Azure, 100,000 at Anthropic.</summary>
    public int? BatchRequests { get; init; }

    /// <summary>The largest batch, in bytes. Default: the service's own, 200 MB at OpenAI and Azure, 256 MB at Anthropic.</summary>
    public long? BatchBytes { get; init; }

    /// <summary>The most inputs of a batch that asks for vectors. Default: 50,000.</summary>
    public int BatchInputs { get; init; } = 50_000;

    /// <summary>How many tokens all batches together may have that are not done. Default: no limit.</summary>
    public long? BatchQueueTokens { get; init; }

    /// <summary>How long a token is good that an identity was exchanged for. Default: one hour.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a batch may take before it expires. Default: one day.</summary>
    public TimeSpan BatchLifetime { get; init; } = TimeSpan.FromDays(1);
}
