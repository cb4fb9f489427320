namespace ChatPS.Api.Anthropic;

/// <summary>Who asks.</summary>
public sealed class RequestMetadata
{
    /// <summary>A hash that tells the service's end users apart.</summary>
    public string? UserId { get; set; }
}
