using ChatPS.Api.Wire;

namespace ChatPS.Api.Gpts;

/// <summary>What holds a GPT.</summary>
public sealed class GptData : WireObject
{
    /// <summary>The GPT.</summary>
    public Gizmo? Gizmo { get; set; }
}
