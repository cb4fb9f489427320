namespace ChatPS.Api.ResponsesApi;

/// <summary>A conversation that the service keeps.</summary>
public sealed class ConversationReference : WireObject
{
    /// <summary>The id of the conversation.</summary>
    public string? Id { get; set; }
}
