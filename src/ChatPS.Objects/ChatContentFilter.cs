namespace ChatPS;

/// <summary>What a service's content filter found in a prompt or an answer.</summary>
public sealed class ChatContentFilter
{
    /// <summary>What was judged: <c>prompt</c> or <c>answer</c>.</summary>
    public string Source { get; init; } = "answer";

    /// <summary>The place of the choice that was judged, from 0; for a prompt, the place of the prompt.</summary>
    public int Index { get; init; }

    /// <summary>What was looked for, as the service names it: <c>hate</c>, <c>violence</c>, <c>HARM_CATEGORY_HARASSMENT</c>; <c>error</c> where it could not look, and <see cref="Severity"/> says why.</summary>
    public string Category { get; init; } = "";

    /// <summary>How much of it was found, as the service says it: <c>safe</c>, <c>low</c>, <c>medium</c>, <c>high</c>, or a score from 0 to 1; null where it only says yes or no.</summary>
    public string? Severity { get; init; }

    /// <summary>Whether it was found.</summary>
    public bool Detected { get; init; }

    /// <summary>Whether the service stopped the prompt or the answer for it.</summary>
    public bool Blocked { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Source} {Category}{(Severity is null ? "" : " " + Severity)}{(Blocked ? " blocked" : "")}";
}
