using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The judgement on one input.</summary>
public sealed class ModerationResult : WireObject
{
    /// <summary><c>moderation_result</c>, where a chat completion carries it.</summary>
    public string? Type { get; set; }

    /// <summary>The model that judged, where a chat completion carries it.</summary>
    public string? Model { get; set; }

    /// <summary>Whether the input is objectionable.</summary>
    public bool? Flagged { get; set; }

    /// <summary>Whether each category was hit.</summary>
    public Dictionary<string, bool?>? Categories { get; set; }

    /// <summary>The confidence for each category, 0 to 1.</summary>
    public Dictionary<string, double?>? CategoryScores { get; set; }

    /// <summary>The kinds of input (<c>text</c>, <c>image</c>) that each category was judged on.</summary>
    public Dictionary<string, IReadOnlyList<string>?>? CategoryAppliedInputTypes { get; set; }
}
