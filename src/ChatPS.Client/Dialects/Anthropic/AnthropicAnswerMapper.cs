using System.Text;
using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Anthropic;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Reads Anthropic's answers.</summary>
internal static class AnthropicAnswerMapper
{
    /// <summary>Reads an answer, and joins it to what came before where the service had paused.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="WireFormatException">It is no answer.</exception>
    public static ChatCompletion FromWire(MessageResponse response, ChatRequest request, IAnswerOrigin origin)
    {
        IReadOnlyList<ContentBlock> blocks = response.Content ?? throw WireFormatException.NoAnswer("The answer has no content.", response.Raw);
        return FromWire(response, [.. Earlier(request), .. blocks], request, origin);
    }

    /// <summary>Reads an answer whose blocks are all there.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="blocks">Its blocks, and those that came before the service paused.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The answer.</returns>
    public static ChatCompletion FromWire(MessageResponse response, IReadOnlyList<ContentBlock> blocks, ChatRequest request, IAnswerOrigin origin)
    {
        if (request.Round is { } round)
        {
            round.Next = response.StopReason == "pause_turn" ? response.Container?.TextOf("id") ?? "" : null;
        }

        if (response.StopReason == "model_context_window_exceeded" && origin is CallContext call)
        {
            call.Settings.Warning?.Invoke($"The answer{call.ItemMark} was cut off because the model's context is full; more tokens for the answer do not help. Shorten the conversation.");
        }

        return ToParts(response, blocks, request.Round).ToCompletion(request, origin);
    }

    /// <summary>Finds what came of an answer before the service paused.</summary>
    /// <param name="request">What is asked.</param>
    /// <returns>The blocks; none for most.</returns>
    public static IEnumerable<ContentBlock> Earlier(ChatRequest request) => request.Round?.Before?.Message is { } message ? AnthropicConversation.ToBlocks(message) : [];

    private static AnswerParts ToParts(MessageResponse response, IReadOnlyList<ContentBlock> blocks, AnswerRound? round)
    {
        AnswerText text = new();
        StringBuilder reasoning = new();
        List<ChatToolCall> calls = [];
        List<ChatCitation> citations = [];
        foreach (ContentBlock block in blocks)
        {
            text.Begin(block.Type);
            switch (block.Type)
            {
                case "text":
                    text.Add(block.Text ?? "");
                    citations.AddRange(ToCitations(block, text.Length));
                    break;
                case "thinking" when block.Thinking is { Length: > 0 } thought:
                    reasoning.Append(reasoning.Length > 0 ? "\n\n" : "").Append(thought);
                    break;
                case "tool_use":
                    calls.Add(new ChatToolCall { Id = block.Id, Name = block.Name ?? "", Arguments = Arguments(block.Input) });
                    break;
            }
        }

        bool isKept = blocks.Any(HasMore);
        ChatMessage message = new()
        {
            Role = response.Role is { Length: > 0 } role ? role : "assistant",
            Content = text.Length > 0 ? [ChatContent.FromText(text.ToString())] : [],
            ToolCalls = calls,
            Reasoning = reasoning.Length > 0 ? reasoning.ToString() : null,
            Refusal = response.StopReason == "refusal" ? Refusal(response.StopDetails) : null,
            Citations = citations,
            Raw = isKept ? ToJson(blocks) : null,
            RawDialect = isKept ? AnthropicDialect.DialectName : null,
        };
        return new AnswerParts
        {
            Choices = [new ChatPS.ChatChoice { FinishReason = FinishReason(response.StopReason), Message = message }],
            Raw = round?.Join(response.Raw) ?? response.Raw,
            Id = response.Id,
            Model = response.Model,
            Usage = ToUsage(response.Usage),
            ServiceTier = response.Usage?.ServiceTier,
            ContentFilters = response is { StopReason: "refusal", StopDetails.Category: { Length: > 0 } category }
                ? [new ChatContentFilter { Source = "answer", Category = category, Detected = true, Blocked = true }]
                : [],
            BuiltInCalls = AnthropicBuiltInCallMapper.From(blocks),
        };
    }

    private static string? FinishReason(string? reason) => reason switch
    {
        "end_turn" or "stop_sequence" => "stop",
        "max_tokens" or "model_context_window_exceeded" => "length",
        "tool_use" => "tool_calls",
        "refusal" => "content_filter",
        _ => reason?.ToLowerInvariant(),
    };

    private static string? Refusal(StopDetails? details) =>
        details?.Explanation is { Length: > 0 } words ? words
        : details?.Category is { Length: > 0 } category ? $"The service's rules refuse it ({category})."
        : null;

    private static ChatUsage? ToUsage(MessageUsage? usage)
    {
        if (usage is null)
        {
            return null;
        }

        int cached = TokenCount.Of(usage.CacheReadInputTokens);
        int written = TokenCount.Of(usage.CacheCreationInputTokens);
        int input = TokenCount.Sum(TokenCount.Sum(TokenCount.Of(usage.InputTokens), cached), written);
        int output = TokenCount.Of(usage.OutputTokens);
        return new ChatUsage
        {
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = TokenCount.Sum(input, output),
            CachedTokens = cached,
            CacheWriteTokens = written,
            ReasoningTokens = TokenCount.Of(usage.OutputTokensDetails?.ThinkingTokens),
        };
    }

    // Text that should have become JSON, and was cut off, is told as it is.
    private static string Arguments(JsonElement? input) => input switch
    {
        null => "{}",
        { ValueKind: JsonValueKind.String } text => JsonText.Read(text)!,
        { } value => value.GetRawText(),
    };

    // Text and calls are all that a message of ours holds.
    private static bool HasMore(ContentBlock block) =>
        block.Type is not ("text" or "tool_use") || block.Citations is { ValueKind: JsonValueKind.Array } || block.AdditionalProperties is { Count: > 0 };

    private static string ToJson(IEnumerable<ContentBlock> blocks)
    {
        ArraySegment<byte> json = WireJson.Write(blocks.ToArray(), AnthropicJsonContext.Default);
        return Encoding.UTF8.GetString(json.Array!, json.Offset, json.Count);
    }

    private static IEnumerable<ChatCitation> ToCitations(ContentBlock block, int end)
    {
        if (block.Citations is not { ValueKind: JsonValueKind.Array } citations)
        {
            return [];
        }

        int length = block.Text?.Length ?? 0;
        return citations.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new ChatCitation
        {
            Title = item.TextOf("title") ?? item.TextOf("document_title"),
            Url = item.TextOf("url") ?? item.TextOf("source"),
            StartIndex = length > 0 ? end - length : null,
            EndIndex = length > 0 ? end - 1 : null,
        });
    }
}
