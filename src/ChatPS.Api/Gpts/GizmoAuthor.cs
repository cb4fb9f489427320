using ChatPS.Api.Wire;

namespace ChatPS.Api.Gpts;

/// <summary>Who made a GPT.</summary>
public sealed class GizmoAuthor : WireObject
{
    /// <summary>The name.</summary>
    public string? DisplayName { get; set; }

    /// <summary>A web address of theirs.</summary>
    public string? LinkTo { get; set; }
}
