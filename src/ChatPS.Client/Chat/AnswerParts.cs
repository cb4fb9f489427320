using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Chat;

/// <summary>What a service's answer holds, before it is known where it came from.</summary>
internal sealed class AnswerParts
{
    public IReadOnlyList<ChatChoice> Choices { get; init; } = [];

    public string Raw { get; init; } = "";

    public string? Id { get; init; }

    public string? Model { get; init; }

    public DateTimeOffset? Created { get; init; }

    public ChatUsage? Usage { get; init; }

    public string? ServiceTier { get; init; }

    public string? SystemFingerprint { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public IReadOnlyList<ChatContentFilter> ContentFilters { get; init; } = [];

    public IReadOnlyList<ChatBuiltInCall> BuiltInCalls { get; init; } = [];

    public string? ConversationId { get; init; }

    /// <summary>Makes the object that users see.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The answer, whose conversation is what was asked and the first choice.</returns>
    public ChatCompletion ToCompletion(ChatRequest request, IAnswerOrigin origin) => ToCompletion(request, [.. request.Messages, Choices[0].Message], origin);

    /// <summary>Makes the object that users see.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="messages">The conversation.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="WireFormatException">It holds nothing that anybody could use.</exception>
    public ChatCompletion ToCompletion(ChatRequest request, ChatMessage[] messages, IAnswerOrigin origin)
    {
        if (SaysNothing())
        {
            throw new WireFormatException("The answer says nothing.", Raw);
        }

        foreach (ChatChoice choice in Choices)
        {
            AnswerMask.Mask(choice.Message, origin.Secrets);
        }

        return Create(request, messages, origin);
    }

    private static IReadOnlyDictionary<string, string>? Masked(IReadOnlyDictionary<string, string>? metadata, IAnswerOrigin origin) =>
        metadata is null or { Count: 0 } ? metadata : metadata.ToDictionary(pair => pair.Key, pair => Redactor.Redact(pair.Value, origin.Secrets), StringComparer.Ordinal);

    private ChatCompletion Create(ChatRequest request, ChatMessage[] messages, IAnswerOrigin origin) => new()
    {
        Text = Choices[0].Text,
        FinishReason = Redactor.RedactOptional(Choices[0].FinishReason, origin.Secrets),
        Choices = [.. Choices],
        Messages = messages,
        Usage = request.Before.With(Usage),
        Cost = request.Before.With(origin.Succeed(Redactor.RedactOptional(Model, origin.Secrets), Usage)),
        Model = Redactor.RedactOptional(Model, origin.Secrets),
        RequestedModel = request.RequestedModel,
        Id = Redactor.RedactOptional(Id, origin.Secrets),
        Created = Created,
        Elapsed = request.Before.Elapsed + origin.Elapsed,
        RequestId = origin.RequestId,
        Connection = origin.ConnectionName,
        FallbackFrom = [.. request.FallbackFrom],
        Index = request.Index,
        Input = request.Input,
        Raw = Redactor.Redact(Raw, origin.Secrets),
        Metadata = Masked(Metadata, origin) ?? request.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal),
        ServiceTier = Redactor.RedactOptional(ServiceTier, origin.Secrets),
        SystemFingerprint = Redactor.RedactOptional(SystemFingerprint, origin.Secrets),
        ContentFilters = [.. ContentFilters],
        BuiltInCalls = BuiltInCalls.Count == 0 ? [] : [.. BuiltInCalls.Select(call => AnswerMask.Masked(call, origin.Secrets))],
        ConversationId = Redactor.RedactOptional(ConversationId, origin.Secrets),
    };

    // A model may answer with no text, but then says why it ended.
    private bool SaysNothing()
    {
        foreach (ChatChoice choice in Choices)
        {
            if (choice.FinishReason is not null || !choice.Message.IsEmpty() || choice.Message is not { ToolCalls.Count: 0, Reasoning: null, Refusal: null, Audio: null, Raw: null })
            {
                return false;
            }
        }

        return BuiltInCalls.Count == 0;
    }
}
