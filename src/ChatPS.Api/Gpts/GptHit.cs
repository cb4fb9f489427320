using ChatPS.Api.Wire;

namespace ChatPS.Api.Gpts;

/// <summary>A GPT as a search shows it.</summary>
public sealed class GptHit : ApiResponseBody
{
    /// <summary>The id, such as <c>g-k3IqoCe1l</c>.</summary>
    public string? Id { get; set; }

    /// <summary>The name.</summary>
    public string? Title { get; set; }

    /// <summary>Its web address.</summary>
    public string? Link { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>The address of its picture.</summary>
    public string? Favicon { get; set; }
}
