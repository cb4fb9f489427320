namespace ChatPS.Api.Chat;

/// <summary>A spoken answer that the service still has.</summary>
public sealed class AudioReference
{
    /// <summary>The id that the service gave the answer.</summary>
    public string? Id { get; set; }
}
