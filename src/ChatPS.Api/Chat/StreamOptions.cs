namespace ChatPS.Api.Chat;

/// <summary>Options of a streamed answer.</summary>
public sealed class StreamOptions
{
    /// <summary>Whether a last chunk, without choices, tells the usage of the whole request.</summary>
    public bool? IncludeUsage { get; set; }

    /// <summary>Whether chunks carry random padding that hides their length on the network.</summary>
    public bool? IncludeObfuscation { get; set; }
}
