namespace ChatPS.Api.Anthropic;

/// <summary>A message of the conversation that is sent.</summary>
public sealed class MessageParam
{
    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public string? Role { get; set; }

    /// <summary>What is said.</summary>
    public IReadOnlyList<ContentBlock>? Content { get; set; }
}
