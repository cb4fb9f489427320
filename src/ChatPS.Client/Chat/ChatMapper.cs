using ChatPS.Api;

namespace ChatPS.Client;

/// <summary>Between a chat request in plain terms, the wire, and the object that users see.</summary>
internal static class ChatMapper
{
    public static ChatCompletionRequest ToWire(ChatRequest request, ConnectionSettings connection, CallSettings settings, bool stream)
    {
        request.ValidateParameters();
        if (request.Messages.Count == 0)
        {
            throw Failures.Invalid("There is no message to send.", "Give -Prompt or -Message.");
        }

        return new ChatCompletionRequest
        {
            AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"),
            Model = ParameterRules.Model(request.Model, connection),
            Messages = [.. Instruct(request.Messages, request.Instructions).Concat(request.Appendix).Select(ChatMessageMapper.ToWire)],
            Stream = stream ? true : null,
            StreamOptions = stream ? new StreamOptions { IncludeUsage = true, IncludeObfuscation = request.IncludeObfuscation } : null,
            Temperature = request.Temperature,
            TopP = request.TopP,
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
    }

    public static ChatCompletion FromWire(ChatCompletionResponse response, ChatRequest request, IAnswerOrigin origin) =>
        Create(ReadChoices(response, request.AudioFormat), response, request, origin);

    /// <summary>Reads a completion that the service keeps.</summary>
    /// <param name="response">The completion.</param>
    /// <param name="conversation">What it answered; empty if that was not fetched.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>The completion, whose messages are empty without a conversation.</returns>
    public static ChatCompletion FromStored(ChatCompletionResponse response, IReadOnlyList<ChatMessage> conversation, IAnswerOrigin origin)
    {
        IReadOnlyList<ChatPS.ChatChoice> choices = ReadChoices(response, audioFormat: null);
        return Create(choices, response, new ChatRequest(), conversation.Count > 0 ? [.. conversation, choices[0].Message] : [], origin);
    }

    public static ChatCompletion Create(IReadOnlyList<ChatPS.ChatChoice> choices, ChatCompletionResponse response, ChatRequest request, IAnswerOrigin origin) =>
        Create(choices, response, request, [.. request.Messages, choices[0].Message], origin);

    // Some servers take one system message only.
    private static IEnumerable<ChatMessage> Instruct(IReadOnlyList<ChatMessage> messages, string? instructions)
    {
        if (instructions is null)
        {
            return messages;
        }

        ChatMessage first = messages[0];
        return first.Role is "system" or "developer"
            ? [new ChatMessage(first.Role, $"{first.Text}\n\n{instructions}"), .. messages.Skip(1)]
            : [new ChatMessage("system", instructions), .. messages];
    }

    private static IReadOnlyList<ChatPS.ChatChoice> ReadChoices(ChatCompletionResponse response, string? audioFormat)
    {
        if (response.Choices is not { Count: > 0 } choices)
        {
            throw new WireFormatException("The answer has no choices.", response.Raw);
        }

        return [.. choices.Select((choice, place) => new ChatPS.ChatChoice
        {
            Index = choice.Index ?? place,
            FinishReason = choice.FinishReason,
            Message = ChatMessageMapper.FromWire(choice.Message, audioFormat),
            LogProbs = LogProbMapper.FromChat(LogProbMapper.TokensOf(choice.Logprobs)),
        }).OrderBy(choice => choice.Index)];
    }

    private static ChatCompletion Create(
        IReadOnlyList<ChatPS.ChatChoice> choices, ChatCompletionResponse response, ChatRequest request, ChatMessage[] messages, IAnswerOrigin origin)
    {
        ChatUsage? usage = UsageMapper.FromWire(response.Usage);
        return new ChatCompletion
        {
            Text = choices[0].Text,
            FinishReason = choices[0].FinishReason,
            Choices = [.. choices],
            Messages = messages,
            Usage = request.Before.With(usage),
            Cost = request.Before.With(origin.Succeed(response.Model, usage)),
            Model = response.Model,
            Id = response.Id,
            Created = UnixTime.From(response.Created),
            Elapsed = request.Before.Elapsed + origin.Elapsed,
            RequestId = origin.RequestId,
            Connection = origin.ConnectionName,
            FallbackFrom = [.. request.FallbackFrom],
            Index = request.Index,
            Input = request.Input,
            Raw = Redactor.Redact(response.Raw, origin.Secrets),
            Metadata = response.Metadata ?? request.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal),
            ServiceTier = response.ServiceTier,
            SystemFingerprint = response.SystemFingerprint,
        };
    }
}
