using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>What the service does with the prompt up to here.</summary>
public sealed class CacheControl : WireObject
{
    /// <summary><c>ephemeral</c>.</summary>
    public string? Type { get; set; }

    /// <summary>How long it is kept: <c>5m</c> or <c>1h</c>; null for the shorter one.</summary>
    public string? Ttl { get; set; }
}
