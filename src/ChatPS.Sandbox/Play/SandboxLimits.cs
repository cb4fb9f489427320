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
}
