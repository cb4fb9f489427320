using ChatPS.Api.Wire;

namespace ChatPS.Api.Audio;

/// <summary>A language that was heard.</summary>
public sealed class TranscriptionLanguage : WireObject
{
    /// <summary>Its code.</summary>
    public string? Code { get; set; }
}
