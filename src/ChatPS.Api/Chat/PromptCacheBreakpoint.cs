namespace ChatPS.Api.Chat;

/// <summary>A point up to which the service should cache the prompt.</summary>
public sealed class PromptCacheBreakpoint
{
    /// <summary><c>explicit</c>.</summary>
    public string? Mode { get; set; }
}
