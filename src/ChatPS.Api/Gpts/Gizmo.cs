using ChatPS.Api.Wire;

namespace ChatPS.Api.Gpts;

/// <summary>A GPT with what its store tells of it.</summary>
public sealed class Gizmo : WireObject
{
    /// <summary>The id, such as <c>g-k3IqoCe1l</c>.</summary>
    public string? Id { get; set; }

    /// <summary>The last part of its web address.</summary>
    public string? ShortUrl { get; set; }

    /// <summary>Who made it.</summary>
    public GizmoAuthor? Author { get; set; }

    /// <summary>How it is shown.</summary>
    public GizmoDisplay? Display { get; set; }

    /// <summary>What the store says of it, such as <c>public</c>.</summary>
    public IReadOnlyList<string?>? Tags { get; set; }
}
