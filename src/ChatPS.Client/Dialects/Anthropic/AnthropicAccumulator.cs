using System.Text;
using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Anthropic;
using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Puts one of Anthropic's streams together, behind what came before the service paused.</summary>
internal sealed class AnthropicAccumulator : IStreamAccumulator<MessageEvent, ChatCompletionUpdate>
{
    private readonly ChatRequest _request;
    private readonly int _earlier;
    private readonly SortedDictionary<int, Block> _blocks = [];
    private readonly AnswerText _text = new();
    private readonly WholeCharacters _wholeText = new();
    private readonly WholeCharacters _wholeReasoning = new();
    private MessageResponse? _message;
    private bool _hasReasoning;

    /// <summary>Begins a stream.</summary>
    /// <param name="request">What was asked.</param>
    public AnthropicAccumulator(ChatRequest request)
    {
        _request = request;
        foreach (ContentBlock block in AnthropicAnswerMapper.Earlier(request))
        {
            _ = AddWhole(block);
        }

        _earlier = _blocks.Count;
    }

    public string PartialText => _text.ToString();

    public bool IsComplete => _message?.StopReason is not null && _blocks.Values.All(block => block.IsClosed);

    public bool HasEnded { get; private set; }

    public bool Accepts(string eventType) => eventType
        is StreamedAnswer.PlainEvent or "message_start" or "content_block_start" or "content_block_delta" or "content_block_stop" or "message_delta" or "message_stop";

    public IEnumerable<ChatCompletionUpdate> Add(MessageEvent chunk)
    {
        switch (chunk.Type)
        {
            case "message_start":
                _message = chunk.Message ?? new MessageResponse();
                break;
            case "content_block_start":
                return Begin(PlaceOf(chunk, _blocks.Count), chunk.ContentBlock ?? new ContentBlock());
            case "content_block_delta" when chunk.Delta is { } delta:
                return Add(BlockAt(PlaceOf(chunk, Math.Max(_earlier, _blocks.Count - 1)), delta), delta);
            case "content_block_stop":
                if (_blocks.TryGetValue(PlaceOf(chunk, _blocks.Count - 1), out Block? block))
                {
                    block.IsClosed = true;
                }

                break;
            case "message_delta":
                End(chunk);
                break;
            case "message_stop":
                HasEnded = true;
                break;
            case "message":
                return Whole(chunk.Raw);
        }

        return [];
    }

    public ChatCompletionUpdate Finish(string raw, IAnswerOrigin origin)
    {
        MessageResponse message = _message ?? throw WireFormatException.NoAnswer("The stream held no message.", raw);
        message.Raw = raw;
        return new ChatCompletionUpdate { Completion = AnthropicAnswerMapper.FromWire(message, [.. _blocks.Values.Select(block => block.ToBlock())], _request, origin) };
    }

    private int PlaceOf(MessageEvent chunk, int usual) => chunk.Index is { } index ? _earlier + index : usual;

    // Some gateways answer a request for a stream with one event that holds it all.
    private ChatCompletionUpdate[] Whole(string raw)
    {
        _message = WireJson.Read<MessageResponse>(raw, AnthropicJsonContext.Default);
        foreach (int place in _blocks.Keys.Where(place => place >= _earlier).ToArray())
        {
            _blocks.Remove(place);
        }

        HasEnded = true;
        return [.. (_message.Content ?? []).SelectMany(AddWhole)];
    }

    private ChatCompletionUpdate[] AddWhole(ContentBlock block)
    {
        int place = _blocks.Count;
        ChatCompletionUpdate[] updates = Begin(place, block);
        _blocks[place].IsClosed = true;
        return updates;
    }

    private ChatCompletionUpdate[] Begin(int index, ContentBlock start)
    {
        Block block = new(start);
        _blocks[index] = block;
        _text.Begin(start.Type);
        return start.Type switch
        {
            "text" => Tell(start.Text ?? ""),
            "thinking" => Think(block, start.Thinking ?? ""),
            _ => [],
        };
    }

    private ChatCompletionUpdate[] Add(Block block, MessageDelta delta)
    {
        block.Add(delta);
        return delta.Type switch
        {
            "text_delta" => Tell(delta.Text ?? ""),
            "thinking_delta" => Think(block, delta.Thinking ?? ""),
            _ => [],
        };
    }

    // Some gateways forget to say that a block begins.
    private Block BlockAt(int index, MessageDelta delta)
    {
        if (!_blocks.TryGetValue(index, out Block? block))
        {
            string type = delta.Type switch { "thinking_delta" or "signature_delta" => "thinking", "input_json_delta" => "tool_use", _ => "text" };
            _ = Begin(index, new ContentBlock { Type = type });
            block = _blocks[index];
        }

        return block;
    }

    private ChatCompletionUpdate[] Tell(string piece)
    {
        string text = _wholeText.Take(_text.Add(piece));
        return text.Length > 0 ? [new ChatCompletionUpdate { Text = text }] : [];
    }

    private ChatCompletionUpdate[] Think(Block block, string piece)
    {
        if (piece.Length == 0)
        {
            return [];
        }

        string thought = _wholeReasoning.Take(_hasReasoning && !block.HasThought ? "\n\n" + piece : piece);
        _hasReasoning = true;
        block.HasThought = true;
        return thought.Length > 0 ? [new ChatCompletionUpdate { Reasoning = thought }] : [];
    }

    private void End(MessageEvent chunk)
    {
        _message ??= new MessageResponse();
        _message.StopReason = chunk.Delta?.StopReason ?? _message.StopReason;
        _message.StopDetails = chunk.Delta?.StopDetails ?? _message.StopDetails;
        _message.Container = chunk.Delta?.Container ?? _message.Container;
        if (chunk.Usage is not { } usage)
        {
            return;
        }

        // Each tells the tokens so far; some tell only what has changed.
        MessageUsage known = _message.Usage ?? new MessageUsage();
        _message.Usage = new MessageUsage
        {
            InputTokens = Most(known.InputTokens, usage.InputTokens),
            CacheCreationInputTokens = Most(known.CacheCreationInputTokens, usage.CacheCreationInputTokens),
            CacheReadInputTokens = Most(known.CacheReadInputTokens, usage.CacheReadInputTokens),
            OutputTokens = Most(known.OutputTokens, usage.OutputTokens),
            OutputTokensDetails = usage.OutputTokensDetails ?? known.OutputTokensDetails,
            ServiceTier = usage.ServiceTier ?? known.ServiceTier,
        };
    }

    private static int? Most(int? before, int? now) => before > now ? before : now ?? before;

    private sealed class Block(ContentBlock start)
    {
        private readonly StringBuilder _text = new(start.Text);
        private readonly StringBuilder _thinking = new(start.Thinking);
        private readonly StringBuilder _signature = new(start.Signature);
        private readonly StringBuilder _input = new();
        private readonly List<JsonElement> _citations = [];

        public bool IsClosed { get; set; }

        public bool HasThought { get; set; }

        public void Add(MessageDelta delta)
        {
            _text.Append(delta.Text);
            _thinking.Append(delta.Thinking);
            _signature.Append(delta.Signature);
            _input.Append(delta.PartialJson);
            if (delta.Citation is { } citation)
            {
                _citations.Add(citation);
            }
        }

        public ContentBlock ToBlock()
        {
            start.Text = start.Type == "text" ? _text.ToString() : start.Text;
            start.Thinking = start.Type == "thinking" ? _thinking.ToString() : start.Thinking;
            start.Signature = _signature.Length > 0 ? _signature.ToString() : start.Signature;
            if (_input.Length > 0)
            {
                start.Input = ToInput(_input.ToString());
            }

            if (_citations.Count > 0)
            {
                start.Citations = PlainJson.ToElement(_citations, "citations");
            }

            return start;
        }

        // An answer that was cut off leaves half of the JSON; it stays text.
        private static JsonElement? ToInput(string json)
        {
            using JsonDocument? document = PlainJsonReader.Parse(json, out _);
            return document is null ? PlainJson.ToElement(json, "input") : document.RootElement.Clone();
        }
    }
}
