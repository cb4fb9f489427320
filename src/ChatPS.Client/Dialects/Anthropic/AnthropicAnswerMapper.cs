using System.Text;
using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Anthropic;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Chat;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Reads Anthropic's answers.</summary>
internal static class AnthropicAnswerMapper
{
    /// <summary>Reads an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="WireFormatException">It is no answer.</exception>
    public static AnswerParts ToParts(MessageResponse response)
    {
        IReadOnlyList<ContentBlock> blocks = response.Content ?? throw WireFormatException.NoAnswer("The answer has no content.", response.Raw);
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
            Refusal = response.StopReason == "refusal" ? response.StopDetails?.Explanation : null,
            Citations = citations,
            Raw = isKept ? ToJson(blocks) : null,
            RawDialect = isKept ? AnthropicDialect.DialectName : null,
        };
        return new AnswerParts
        {
            Choices = [new ChatPS.ChatChoice { FinishReason = FinishReason(response.StopReason), Message = message }],
            Raw = response.Raw,
            Id = response.Id,
            Model = response.Model,
            Usage = ToUsage(response.Usage),
            ServiceTier = response.Usage?.ServiceTier,
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
