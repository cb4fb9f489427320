using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>A conversation that the service keeps.</summary>
public sealed class ConversationReference : WireObject
{
    /// <summary>The id of the conversation.</summary>
    public string? Id { get; set; }
}
