namespace ChatPS.Client.Connections;

/// <summary>How a service of OpenAI's form is told how hard to think.</summary>
public enum ReasoningForm
{
    /// <summary>By the word <c>reasoning_effort</c>, as at OpenAI.</summary>
    Effort,

    /// <summary>By an object <c>reasoning</c>, as at OpenRouter.</summary>
    Object,

    /// <summary>
    /// By the word <c>reasoning_effort</c>, and by an object <c>thinking</c> that switches it off, as at DeepSeek. Such services want
    /// <c>reasoning_content</c> back with each message that calls tools, and an empty text where there is none.
    /// </summary>
    Thinking,
}
