using System.Text;
using ChatPS.Api;

namespace ChatPS.Client;

/// <summary>Puts a streamed chat answer together.</summary>
internal sealed class ChatAccumulator(ChatRequest request) : IStreamAccumulator<ChatCompletionChunk, ChatCompletionUpdate>
{
    private readonly SortedDictionary<int, Choice> _choices = [];
    private readonly ChatCompletionResponse _head = new();

    public string PartialText => _choices.Count > 0 ? _choices.First().Value.Text.ToString() : "";

    public bool IsComplete => _choices.Count >= (request.N ?? 1) && _choices.Values.All(choice => choice.FinishReason is not null);

    public IEnumerable<ChatCompletionUpdate> Add(ChatCompletionChunk chunk)
    {
        _head.Id ??= chunk.Id;
        _head.Model ??= chunk.Model;
        _head.Created ??= chunk.Created;
        _head.ServiceTier = chunk.ServiceTier ?? _head.ServiceTier;
        _head.SystemFingerprint ??= chunk.SystemFingerprint;
        _head.Usage = chunk.Usage ?? _head.Usage;

        foreach (ChatChunkChoice piece in chunk.Choices ?? [])
        {
            int index = piece.Index ?? 0;
            if (!_choices.TryGetValue(index, out Choice? choice))
            {
                _choices[index] = choice = new Choice();
            }

            choice.Add(piece);
            string text = piece.Delta?.Content ?? "";
            string? reasoning = piece.Delta?.ReasoningContent ?? piece.Delta?.Reasoning;
            if (text.Length > 0 || reasoning is { Length: > 0 })
            {
                yield return new ChatCompletionUpdate { Index = index, Text = text, Reasoning = reasoning };
            }
        }
    }

    public ChatCompletionUpdate Finish(string raw, CallContext call)
    {
        _head.Raw = raw;
        if (_choices.Count == 0)
        {
            throw FailureMapper.FromException(new WireFormatException("The stream held no choices.", raw), call, "");
        }

        List<ChatPS.ChatChoice> choices = [.. _choices.Select(pair => pair.Value.ToChoice(pair.Key))];
        return new ChatCompletionUpdate { Completion = ChatMapper.Create(choices, _head, request, call) };
    }

    private sealed class Choice
    {
        private readonly StringBuilder _reasoning = new();
        private readonly StringBuilder _refusal = new();
        private readonly SortedDictionary<int, ToolCallParts> _toolCalls = [];
        private readonly List<TokenLogprob> _logProbs = [];
        private string? _role;
        private string? _audioId;

        public StringBuilder Text { get; } = new();

        public string? FinishReason { get; private set; }

        public void Add(ChatChunkChoice piece)
        {
            FinishReason = piece.FinishReason ?? FinishReason;
            _logProbs.AddRange(piece.Logprobs?.Content ?? piece.Logprobs?.Refusal ?? []);
            if (piece.Delta is not { } delta)
            {
                return;
            }

            _role ??= delta.Role;
            _audioId ??= delta.Audio?.Id;
            Text.Append(delta.Content ?? delta.Audio?.Transcript);
            _reasoning.Append(delta.ReasoningContent ?? delta.Reasoning);
            _refusal.Append(delta.Refusal);
            if (delta.FunctionCall is { } old)
            {
                ToolCall(0).Add(null, null, old.Name, old.Arguments);
            }

            foreach (ToolCallDelta call in delta.ToolCalls ?? [])
            {
                int place = call.Index ?? (call.Id is null ? Math.Max(0, _toolCalls.Count - 1) : _toolCalls.Count);
                ToolCall(place).Add(call.Id, call.Type, call.Function?.Name ?? call.Custom?.Name, call.Function?.Arguments ?? call.Custom?.Input);
            }
        }

        public ChatPS.ChatChoice ToChoice(int index) => new()
        {
            Index = index,
            FinishReason = FinishReason,
            LogProbs = LogProbMapper.FromChat(_logProbs),
            Message = new ChatMessage
            {
                Role = _role is { Length: > 0 } role ? role : "assistant",
                Content = Text.Length > 0 ? [ChatContent.FromText(Text.ToString())] : [],
                ToolCalls = [.. _toolCalls.Values.Select(call => call.ToCall())],
                Reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : null,
                Refusal = _refusal.Length > 0 ? _refusal.ToString() : null,
                AudioId = _audioId,
            },
        };

        private ToolCallParts ToolCall(int place)
        {
            if (!_toolCalls.TryGetValue(place, out ToolCallParts? call))
            {
                _toolCalls[place] = call = new ToolCallParts();
            }

            return call;
        }
    }

    private sealed class ToolCallParts
    {
        private readonly StringBuilder _name = new();
        private readonly StringBuilder _arguments = new();
        private string? _id;
        private string? _type;

        public void Add(string? id, string? type, string? name, string? arguments)
        {
            _id ??= id;
            _type ??= type;
            _name.Append(name);
            _arguments.Append(arguments);
        }

        public ChatToolCall ToCall() => new() { Id = _id, Type = _type ?? "function", Name = _name.ToString(), Arguments = _arguments.ToString() };
    }
}
