using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Between a chat request in plain terms, the wire, and the object that users see.</summary>
internal static class ChatMapper
{
    public static ChatCompletionRequest ToWire(ChatRequest request, string model, bool stream) => new()
    {
        Model = model,
        Messages = [.. request.AllMessages.Select(ChatMessageMapper.ToWire)],
        Stream = stream ? true : null,
        StreamOptions = stream ? new StreamOptions { IncludeUsage = true, IncludeObfuscation = request.IncludeObfuscation } : null,
        Temperature = request.Temperature,
        TopP = request.TopP,
        TopK = request.TopK,
        N = request.N,
        Stop = request.Stop,
        MaxTokens = request.MaxTokens,
        MaxCompletionTokens = request.MaxCompletionTokens,
        PresencePenalty = request.PresencePenalty,
        FrequencyPenalty = request.FrequencyPenalty,
        LogitBias = request.LogitBias,
        Logprobs = request.LogProbs,
        TopLogprobs = request.TopLogProbs,
        Seed = request.Seed,
        ResponseFormat = PlainJson.ToElement(request.ResponseFormat, "-ResponseFormat"),
        Tools = PlainJson.ToElement(request.Tools, "-Tool"),
        ToolChoice = PlainJson.ToElement(request.ToolChoice, "-ToolChoice"),
        ParallelToolCalls = request.ParallelToolCalls,
        Functions = PlainJson.ToElement(request.Functions, "-Function"),
        FunctionCall = PlainJson.ToElement(request.FunctionCall, "-FunctionCall"),
        ReasoningEffort = request.ReasoningEffort,
        Verbosity = request.Verbosity,
        Modalities = request.Modalities,
        Audio = PlainJson.ToElement(request.Audio, "-Audio"),
        Prediction = PlainJson.ToElement(request.Prediction, "-Prediction"),
        WebSearchOptions = PlainJson.ToElement(request.WebSearchOptions, "-WebSearchOption"),
        Moderation = PlainJson.ToElement(request.Moderation, "-Moderation"),
        ServiceTier = request.ServiceTier,
        Store = request.Store,
        Metadata = request.Metadata,
        PromptCacheKey = request.PromptCacheKey,
        PromptCacheRetention = request.PromptCacheRetention,
        PromptCacheOptions = PlainJson.ToElement(request.PromptCacheOptions, "-PromptCacheOption"),
        SafetyIdentifier = request.SafetyIdentifier,
        User = request.User,
    };

    public static ChatCompletion FromWire(ChatCompletionResponse response, ChatRequest request, IAnswerOrigin origin)
    {
        IReadOnlyList<ChatPS.ChatChoice> choices = ReadChoices(response, request.AudioFormat);
        return Parts(choices.Count > 1 ? SpreadChoices.Join(choices, request) : choices, response, FiltersOf(response)).ToCompletion(request, origin);
    }

    /// <summary>Reads a completion that the service keeps.</summary>
    /// <param name="response">The completion.</param>
    /// <param name="conversation">What it answered; empty if that was not fetched.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>The completion, whose messages are empty without a conversation.</returns>
    public static ChatCompletion FromStored(ChatCompletionResponse response, IReadOnlyList<ChatMessage> conversation, IAnswerOrigin origin)
    {
        IReadOnlyList<ChatPS.ChatChoice> choices = ReadChoices(response, audioFormat: null);
        return Parts(choices, response, FiltersOf(response)).ToCompletion(new ChatRequest(), conversation.Count > 0 ? [.. conversation, choices[0].Message] : [], origin);
    }

    public static AnswerParts Parts(IReadOnlyList<ChatPS.ChatChoice> choices, ChatCompletionResponse response, IEnumerable<ChatContentFilter> filters) => new()
    {
        Choices = choices,
        Raw = response.Raw,
        Id = response.Id,
        Model = response.Model,
        Created = UnixTime.From(response.Created),
        Usage = UsageMapper.FromWire(response.Usage),
        Metadata = response.Metadata,
        ServiceTier = response.ServiceTier,
        SystemFingerprint = response.SystemFingerprint,
        ContentFilters = [.. filters],
    };

    private static IEnumerable<ChatContentFilter> FiltersOf(ChatCompletionResponse response) => response.Moderation is { } moderation ? ModerationMapper.FromChat(moderation) : ContentFilterMapper.OfPrompts(response.AdditionalProperties)
        .Concat((response.Choices ?? []).SelectMany((choice, place) => ContentFilterMapper.OfChoice(choice.AdditionalProperties, choice.Index ?? place)));

    private static IReadOnlyList<ChatPS.ChatChoice> ReadChoices(ChatCompletionResponse response, string? audioFormat)
    {
        if (response.Choices is not { Count: > 0 } choices)
        {
            throw WireFormatException.NoAnswer("The answer has no choices.", response.Raw);
        }

        for (int i = 0; i < choices.Count; i++)
        {
            UnderSuccess.RequireNone(choices[i], choices[i].FinishReason, response.Raw, choices[i].Message);
        }

        return [.. choices.Select((choice, place) => new ChatPS.ChatChoice
        {
            Index = choice.Index ?? place,
            FinishReason = choice.FinishReason,
            Message = ChatMessageMapper.FromWire(choice.Message, audioFormat),
            LogProbs = LogProbMapper.FromChat(LogProbMapper.TokensOf(choice.Logprobs)),
        }).OrderBy(choice => choice.Index)];
    }
}
