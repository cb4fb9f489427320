namespace ChatPS;

/// <summary>The answers to typed questions about one item. Each is a property of the object, too, under the question's name.</summary>
public sealed class ChatDecision : ChatAnswer
{
    /// <summary>The answers, in the order of the questions.</summary>
    public ChatDecisionAnswer[] Answers { get; init; } = [];

    /// <summary>Whether any answer is unsure.</summary>
    public bool Unsure => Array.Exists(Answers, answer => answer.Unsure);

    /// <summary>Where the answers come from.</summary>
    public ChatDecisionMethod Method { get; init; }

    /// <summary>How many answers each request brought.</summary>
    internal int[] Parts { get; init; } = [];
}
