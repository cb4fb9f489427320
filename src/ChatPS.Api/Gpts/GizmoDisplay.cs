using ChatPS.Api.Wire;

namespace ChatPS.Api.Gpts;

/// <summary>How a GPT is shown.</summary>
public sealed class GizmoDisplay : WireObject
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>Questions to begin with.</summary>
    public IReadOnlyList<string?>? PromptStarters { get; set; }

    /// <summary>The address of its picture.</summary>
    public string? ProfilePictureUrl { get; set; }

    /// <summary>Where the store puts it.</summary>
    public IReadOnlyList<string?>? Categories { get; set; }
}
