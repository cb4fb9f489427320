using ChatPS.Api.Chat;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Envelope;

/// <summary>A chat request with the key beside it.</summary>
public sealed class EnvelopeRequest : ApiRequest
{
    /// <summary>The id of the model.</summary>
    public string? Model { get; set; }

    /// <summary>The key.</summary>
    public string? Token { get; set; }

    /// <summary>The conversation so far, oldest first.</summary>
    public IReadOnlyList<ChatRequestMessage>? Messages { get; set; }

    /// <summary>All other members of a chat request.</summary>
    public ChatCompletionRequest? Params { get; set; }
}
