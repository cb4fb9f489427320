using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>A response as the object that users see.</summary>
internal static class ResponseAnswerMapper
{
    /// <summary>Whether the service is still at work on a response.</summary>
    /// <param name="response">The response.</param>
    /// <returns>Whether there is more to come.</returns>
    public static bool IsUnderWay(Response response) => response.Status is "queued" or "in_progress";

    /// <summary>Reads an answer.</summary>
    /// <param name="response">The response.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="WireFormatException">It is none: it failed, was cancelled, or has another form.</exception>
    public static AnswerParts Read(Response response)
    {
        bool hasError = response.Error is { } told && ApiError.SaysSomething(told);
        if (hasError || response.Status == "failed")
        {
            ApiError error = hasError && ApiError.TryParse(response.Error!.Value, out ApiError? read) ? read : new ApiError("The response failed; the service does not say why.");
            throw new WireFormatException(error, response.Raw);
        }

        if (response.Status == "cancelled")
        {
            throw new WireFormatException("The response was cancelled before it was whole.", response.Raw);
        }

        return response.Output is null && response.Status is null ? throw WireFormatException.NoAnswer("The answer has no output.", response.Raw) : Parts(response);
    }

    /// <summary>Reads an answer, and warns of what a user should know of it.</summary>
    /// <param name="response">The response.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="reasoning">What a stream told of the reasoning, for services that leave it out at the end.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="WireFormatException">It is none.</exception>
    public static ChatCompletion ToCompletion(Response response, ChatRequest request, IAnswerOrigin origin, string? reasoning = null)
    {
        AnswerParts parts = Read(response);
        ChatMessage message = parts.Choices[0].Message;
        message.Reasoning ??= reasoning;
        ChatCompletion answer = parts.ToCompletion(request, origin);
        ResponseNotices.Tell(response, message, origin);
        return answer;
    }

    /// <summary>Reads a response that the service keeps, whatever has become of it.</summary>
    /// <param name="response">The response.</param>
    /// <param name="conversation">What it answered; empty if that was not fetched.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>The answer, whose messages are empty without a conversation.</returns>
    public static ChatCompletion FromStored(Response response, IReadOnlyList<ChatMessage> conversation, IAnswerOrigin origin)
    {
        AnswerParts parts = Parts(response);
        return parts.ToCompletion(new ChatRequest(), conversation.Count > 0 ? [.. conversation, parts.Choices[0].Message] : [], origin);
    }

    /// <summary>Reads the items that a response was made from.</summary>
    /// <param name="items">The items, oldest first.</param>
    /// <returns>The messages; what the model made between two of them is one.</returns>
    public static IReadOnlyList<ChatMessage> Messages(IEnumerable<JsonElement> items)
    {
        List<ChatMessage> messages = [];
        List<OutputItem> made = [];
        foreach (OutputItem item in items.Select(OutputItem.Read))
        {
            ChatMessage? message = item switch
            {
                { Type: "function_call_output" or "custom_tool_call_output" } => new ChatMessage { Role = "tool", ToolCallId = item.CallId, Content = Contents(OutputPart.Read(item.Output)) },
                { Type: "message" or null, Role: not "assistant" } => new ChatMessage { Role = item.Role ?? "user", Content = Contents(OutputPart.Read(item.Content)) },
                _ => null,
            };
            if (message is null)
            {
                made.Add(item);
                continue;
            }

            Flush();
            messages.Add(message);
        }

        Flush();
        return messages;

        void Flush()
        {
            if (made.Count > 0)
            {
                messages.Add(ToMessage(made));
                made.Clear();
            }
        }
    }

    private static AnswerParts Parts(Response response)
    {
        List<OutputItem> items = [.. (response.Output ?? []).Select(OutputItem.Read)];
        ChatMessage message = ToMessage(items);
        return new AnswerParts
        {
            Choices =
            [
                new ChatPS.ChatChoice
                {
                    FinishReason = FinishReason(response, message),
                    Message = message,
                    LogProbs = LogProbMapper.FromChat([.. PartsOf(MessagePhase.Answers(items)).SelectMany(part => part.Logprobs ?? [])]),
                },
            ],
            Raw = response.Raw,
            Id = response.Id,
            Model = response.Model,
            Created = UnixTime.From(response.CreatedAt),
            Usage = Usage(response.Usage),
            Metadata = response.Metadata,
            ServiceTier = response.ServiceTier,
            ConversationId = response.Conversation?.Id,
            ContentFilters = [.. ModerationMapper.FromResponse(response.Moderation)],
            BuiltInCalls = [.. items.Where(BuiltInCallMapper.IsCall).Select(BuiltInCallMapper.Read)],
        };
    }

    private static string FinishReason(Response response, ChatMessage message) => response.Status switch
    {
        null or "completed" => message.ToolCalls.Count > 0 ? "tool_calls" : "stop",
        "incomplete" => response.IncompleteDetails?.Reason switch
        {
            "max_output_tokens" => "length",
            { Length: > 0 } reason => reason,
            _ => "incomplete",
        },
        { } status => status,
    };

    private static ChatMessage ToMessage(IReadOnlyList<OutputItem> items)
    {
        IReadOnlyList<OutputItem> answers = MessagePhase.Answers(items);
        IReadOnlyList<OutputItem> remarks = [.. items.Where(item => MessagePhase.IsMessage(item) && !answers.Contains(item))];
        OutputPart[] parts = [.. PartsOf(answers)];
        string refusal = string.Concat((answers.Count > 0 ? parts : PartsOf(remarks)).Select(part => part.Refusal));
        string reasoning = Reasoning(items);
        string commentary = string.Join("\n\n", Texts(remarks));

        // Reasoning, and what the service's own tools did, must come back whole; text and calls of tools are here already.
        bool isMore = items.Any(item => item.Phase is not null || !(MessagePhase.IsMessage(item) || IsToolCall(item)) || BelongsToMore(item));
        return new ChatMessage
        {
            Role = "assistant",
            Content = Content(answers),
            Refusal = refusal.Length > 0 ? refusal : null,
            Reasoning = reasoning.Length > 0 ? reasoning : null,
            Commentary = commentary.Length > 0 ? commentary : null,
            ToolCalls = [.. items.Where(IsToolCall).Select(item => new ChatToolCall
            {
                Id = item.CallId,
                Type = item.Type == "function_call" ? "function" : "custom",
                Name = item.Name ?? "",
                Arguments = item.Arguments ?? item.Input ?? "",
            })],
            Citations = [.. parts.SelectMany(part => part.Annotations ?? []).Select(annotation => new ChatCitation
            {
                Title = annotation.Title ?? annotation.Filename,
                Url = annotation.Url,
                FileId = annotation.FileId,
                StartIndex = annotation.StartIndex,
                EndIndex = annotation.EndIndex,
            })],
            Raw = isMore ? $"[{string.Join(",", items.Select(item => item.Raw))}]" : null,
            RawDialect = isMore ? ResponseMessageMapper.Dialect : null,
        };
    }

    // The tool of a namespace, or what a program called.
    private static bool BelongsToMore(OutputItem item) => item.AdditionalProperties is { } more && IsToolCall(item) && (more.ContainsKey("namespace") || more.ContainsKey("caller"));

    private static bool IsToolCall(OutputItem item) => item.Type is "function_call" or "custom_tool_call";

    // Messages without a phase are one text; of final answers each is one of its own.
    private static List<ChatContent> Content(IReadOnlyList<OutputItem> answers)
    {
        List<string> texts = [.. Texts(answers)];
        return texts.Count == 0 ? []
            : answers.Any(answer => answer.Phase is not null) ? [.. texts.Select(ChatContent.FromText)]
            : [ChatContent.FromText(string.Concat(texts))];
    }

    // The text of each message that has one.
    private static IEnumerable<string> Texts(IEnumerable<OutputItem> messages) => messages
        .Select(message => string.Concat(OutputPart.Read(message.Content).Where(part => part.Type != "refusal" && !TextParts.IsThought(part.Type)).Select(part => part.Text)))
        .Where(text => text.Length > 0);

    private static IEnumerable<OutputPart> PartsOf(IEnumerable<OutputItem> messages) => messages.SelectMany(message => OutputPart.Read(message.Content));

    private static string Reasoning(IEnumerable<OutputItem> items) => string.Join("\n\n", items
        .SelectMany(item => item.Type == "reasoning" ? (item.Summary is { Count: > 0 } summary ? summary : OutputPart.Read(item.Content))
            : MessagePhase.IsMessage(item) ? OutputPart.Read(item.Content).Where(part => TextParts.IsThought(part.Type))
            : [])
        .Select(part => part.Text)
        .Where(text => !string.IsNullOrEmpty(text)));

    private static List<ChatContent> Contents(IEnumerable<OutputPart> parts) => [.. parts.Select(part => part.Type switch
    {
        "input_image" => new ChatContent { Type = "image_url", Url = part.ImageUrl, Detail = part.Detail, FileId = part.FileId },
        "input_file" => new ChatContent { Type = "file", FileId = part.FileId, FileName = part.Filename, Data = part.FileData },
        _ => ChatContent.FromText(part.Text ?? part.Refusal ?? ""),
    })];

    private static ChatUsage? Usage(ResponseUsage? usage)
    {
        if (usage is null)
        {
            return null;
        }

        int input = TokenCount.Of(usage.InputTokens);
        int output = TokenCount.Of(usage.OutputTokens);
        return new ChatUsage
        {
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = usage.TotalTokens is > 0 and { } total ? total : TokenCount.Sum(input, output),
            CachedTokens = TokenCount.Of(usage.InputTokensDetails?.CachedTokens),
            CacheWriteTokens = TokenCount.Of(usage.InputTokensDetails?.CacheWriteTokens),
            ReasoningTokens = TokenCount.Of(usage.OutputTokensDetails?.ReasoningTokens),
        };
    }
}
