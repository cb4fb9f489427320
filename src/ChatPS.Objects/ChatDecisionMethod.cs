namespace ChatPS;

/// <summary>Where the answers of a decision, and their probabilities, come from.</summary>
public enum ChatDecisionMethod
{
    /// <summary>The service has an endpoint for decisions.</summary>
    Native,

    /// <summary>A chat model was asked; the probabilities are those of its first token, over the labels that were allowed.</summary>
    LogProbs,

    /// <summary>A chat model was asked for one typed answer; how likely it is nobody knows.</summary>
    Structured,
}
