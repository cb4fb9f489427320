using System.Text;
using ChatPS.Api;
using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Puts a streamed chat answer together.</summary>
internal sealed class ChatAccumulator(ChatRequest request) : IStreamAccumulator<ChatCompletionChunk, ChatCompletionUpdate>
{
    private readonly SortedDictionary<int, Choice> _choices = [];
    private readonly ChatCompletionResponse _head = new();
    private readonly List<ChatContentFilter> _filters = [];
    private Choice? _latest;
    private int _turns;

    public string PartialText => IsOneInPieces ? string.Concat(_choices.Values.Select(choice => choice.Text))
        : _choices.Count > 0 ? _choices.First().Value.Text.ToString() : "";

    public bool IsComplete => IsOneInPieces
        ? _latest?.FinishReason is not null
        : _choices.Count >= (request.N ?? 1) && _choices.Values.All(choice => choice.FinishReason is not null);

    public bool HasEnded => false;

    // Some gateways number the pieces of one choice as if each were a choice of its own. Those never come back to a number,
    // and only the last says why it ended.
    private bool IsOneInPieces => _choices.Count > 1 && (request.N ?? 1) == 1 && _turns == _choices.Count
        && ReferenceEquals(_latest, _choices.Last().Value) && _choices.Values.All(choice => choice.FinishReason is null || ReferenceEquals(choice, _latest));

    public bool Accepts(string eventType) => eventType == StreamedAnswer.PlainEvent;

    public IEnumerable<ChatCompletionUpdate> Add(ChatCompletionChunk chunk)
    {
        _head.Id = First(_head.Id, chunk.Id);
        _head.Model = First(_head.Model, chunk.Model);
        _head.Created = _head.Created is > 0 ? _head.Created : chunk.Created;
        _head.ServiceTier = chunk.ServiceTier ?? _head.ServiceTier;
        _head.SystemFingerprint ??= chunk.SystemFingerprint;
        _head.Usage = chunk.Usage ?? _head.Usage;
        _filters.AddRange(ContentFilterMapper.OfPrompts(chunk.AdditionalProperties));

        foreach (ChatChunkChoice piece in chunk.Choices ?? [])
        {
            int index = piece.Index ?? 0;
            _filters.AddRange(ContentFilterMapper.OfChoice(piece.AdditionalProperties, index));
            if (!_choices.TryGetValue(index, out Choice? choice))
            {
                _choices[index] = choice = new Choice();
            }

            if (!ReferenceEquals(choice, _latest))
            {
                _latest = choice;
                _turns++;
            }

            choice.Add(piece);
            string text = choice.WholeText.Take(TextOf(piece.Delta));
            string reasoning = choice.WholeReasoning.Take(piece.Delta?.ReasoningContent ?? piece.Delta?.Reasoning ?? "");
            if (text.Length > 0 || reasoning.Length > 0)
            {
                yield return new ChatCompletionUpdate { Index = index, Text = text, Reasoning = reasoning.Length > 0 ? reasoning : null };
            }
        }
    }

    public ChatCompletionUpdate Finish(string raw, IAnswerOrigin origin)
    {
        _head.Raw = raw;
        if (_choices.Count == 0)
        {
            throw new WireFormatException("The stream held no choices.", raw);
        }

        List<ChatPS.ChatChoice> choices = IsOneInPieces
            ? [OfOne(raw).ToChoice(0, request.AudioFormat)]
            : [.. _choices.Select(pair => pair.Value.ToChoice(pair.Key, request.AudioFormat))];
        return new ChatCompletionUpdate { Completion = ChatMapper.Parts(choices, _head, ContentFilterMapper.Latest(_filters)).ToCompletion(request, origin) };
    }

    private static Choice OfOne(string raw)
    {
        Choice one = new();
        foreach (string line in raw.Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (ChatChunkChoice piece in WireJson.Read<ChatCompletionChunk>(line, ChatJsonContext.Default).Choices ?? [])
            {
                one.Add(piece);
            }
        }

        return one;
    }

    private static string TextOf(ChatDelta? delta) => First(delta?.Content, delta?.Audio?.Transcript) ?? "";

    // Some servers send empty strings for what they do not know yet.
    private static string? First(string? text, string? other) => string.IsNullOrEmpty(text) ? other : text;

    private sealed class Choice
    {
        private readonly StringBuilder _reasoning = new();
        private readonly StringBuilder _refusal = new();
        private readonly List<ToolCallParts> _toolCalls = [];
        private readonly List<TokenLogprob> _logProbs = [];
        private readonly List<Annotation> _annotations = [];
        private readonly AudioParts _audio = new();
        private string? _role;

        public StringBuilder Text { get; } = new();

        public WholeCharacters WholeText { get; } = new();

        public WholeCharacters WholeReasoning { get; } = new();

        public string? FinishReason { get; private set; }

        public void Add(ChatChunkChoice piece)
        {
            FinishReason = First(piece.FinishReason, FinishReason);
            _logProbs.AddRange(LogProbMapper.TokensOf(piece.Logprobs) ?? []);
            if (piece.Delta is not { } delta)
            {
                return;
            }

            _role ??= delta.Role;
            _audio.Add(delta.Audio);
            _annotations.AddRange(delta.Annotations ?? []);
            Text.Append(TextOf(delta));
            _reasoning.Append(delta.ReasoningContent ?? delta.Reasoning);
            _refusal.Append(delta.Refusal);
            if (delta.FunctionCall is { } old)
            {
                Add(new ToolCallDelta { Index = 0, Type = ChatMessageMapper.OldFunctionCall, Function = old });
            }

            foreach (ToolCallDelta call in delta.ToolCalls ?? [])
            {
                Add(call);
            }
        }

        public ChatPS.ChatChoice ToChoice(int index, string? audioFormat) => new()
        {
            Index = index,
            FinishReason = FinishReason,
            LogProbs = LogProbMapper.FromChat(_logProbs),
            Message = new ChatMessage
            {
                Role = _role is { Length: > 0 } role ? role : "assistant",
                Content = Text.Length > 0 ? [ChatContent.FromText(Text.ToString())] : [],
                ToolCalls = [.. _toolCalls.OrderBy(call => call.Index ?? int.MaxValue).Select(call => call.ToCall())],
                Reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : null,
                Refusal = _refusal.Length > 0 ? _refusal.ToString() : null,
                AudioId = _audio.Id,
                Audio = _audio.ToAudio(audioFormat),
                Citations = ChatMessageMapper.ToCitations(_annotations),
            },
        };

        private void Add(ToolCallDelta delta)
        {
            ToolCallParts? call = _toolCalls.FindLast(known => known.IsContinuedBy(delta));
            if (call is null)
            {
                _toolCalls.Add(call = new ToolCallParts(delta.Index));
            }

            call.Add(delta);
        }
    }

    private sealed class ToolCallParts(int? index)
    {
        private readonly StringBuilder _name = new();
        private readonly StringBuilder _arguments = new();
        private string? _id;
        private string? _type;

        public int? Index { get; } = index;

        // Some servers number no calls, and some give each of them the number 0: a new id is a new call all the same.
        public bool IsContinuedBy(ToolCallDelta delta) => string.IsNullOrEmpty(delta.Id)
            ? delta.Index is null || Index == delta.Index
            : _id == delta.Id || (_id is null && Index == delta.Index);

        public void Add(ToolCallDelta delta)
        {
            _id = First(_id, delta.Id);
            _type = First(_type, delta.Type);
            _name.Append(delta.Function?.Name ?? delta.Custom?.Name);
            _arguments.Append(delta.Function?.Arguments ?? delta.Custom?.Input);
        }

        public ChatToolCall ToCall() => new() { Id = _id, Type = _type ?? "function", Name = _name.ToString(), Arguments = _arguments.ToString() };
    }
}
