using System.Text;
using System.Text.Json;
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
        if (chunk.Moderation is { } moderation)
        {
            _filters.AddRange(ModerationMapper.FromChat(moderation));
        }

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

            ChatDelta? delta = choice.Add(piece);
            string text = choice.WholeText.Take(TextOf(delta));
            string reasoning = choice.WholeReasoning.Take(ReasoningOf(delta) ?? "");
            if (text.Length > 0 || reasoning.Length > 0)
            {
                yield return new ChatCompletionUpdate { Index = index, Text = text, Reasoning = reasoning.Length > 0 ? reasoning : null };
            }

            UnderSuccess.RequireNone(piece, piece.FinishReason, chunk.Raw, delta);
        }
    }

    public ChatCompletionUpdate Finish(string raw, IAnswerOrigin origin)
    {
        _head.Raw = raw;
        if (_choices.Count == 0)
        {
            throw WireFormatException.NoAnswer("The stream held no choices.", raw);
        }

        IReadOnlyList<ChatPS.ChatChoice> choices = IsOneInPieces
            ? [OfOne(raw).ToChoice(0, request.AudioFormat)]
            : SpreadChoices.Join([.. _choices.Select(pair => pair.Value.ToChoice(pair.Key, request.AudioFormat))], request);
        return new ChatCompletionUpdate { Completion = ChatMapper.Parts(choices, _head, ContentFilterMapper.Latest(_filters)).ToCompletion(request, origin) };
    }

    private static Choice OfOne(string raw)
    {
        Choice one = new();
        foreach ((_, string data) in EventBody.Read(raw))
        {
            foreach (ChatChunkChoice piece in data is ['{', ..] ? WireJson.Read<ChatCompletionChunk>(data, ChatJsonContext.Default).Choices ?? [] : [])
            {
                one.Add(piece);
            }
        }

        return one;
    }

    private static string TextOf(ChatDelta? delta) => First(delta?.Content, delta?.Audio?.Transcript) ?? "";

    private static string? ReasoningOf(ChatDelta? delta) => delta is null ? null : ChatMessageMapper.Reasoning(delta.ReasoningContent, delta.Reasoning, delta.Thoughts);

    // Some servers send empty strings for what they do not know yet.
    private static string? First(string? text, string? other) => string.IsNullOrEmpty(text) ? other : text;

    private sealed class Choice
    {
        private readonly StringBuilder _reasoning = new();
        private readonly StringBuilder _refusal = new();
        private readonly ToolCallsInPieces _toolCalls = new();
        private readonly List<TokenLogprob> _logProbs = [];
        private readonly List<Annotation> _annotations = [];
        private readonly AudioParts _audio = new();
        private ToolCallsInPieces? _oldCall;
        private DetailsInPieces? _details;
        private JsonElement? _extra;
        private string? _role;
        private bool _sawContent;
        private bool _usesContent;
        private bool _usesOther;
        private bool _hasDeltas;

        public StringBuilder Text { get; } = new();

        public WholeCharacters WholeText { get; } = new();

        public WholeCharacters WholeReasoning { get; } = new();

        public string? FinishReason { get; private set; }

        /// <summary>Takes a piece.</summary>
        /// <param name="piece">The piece.</param>
        /// <returns>What is new with it.</returns>
        public ChatDelta? Add(ChatChunkChoice piece)
        {
            FinishReason = First(piece.FinishReason, FinishReason);
            _logProbs.AddRange(LogProbMapper.TokensOf(piece.Logprobs) ?? []);
            ChatDelta? delta = piece.Delta;
            if (piece.AdditionalProperties is { } more && more.TryGetValue("message", out JsonElement message) && !SaysSomething(delta))
            {
                delta = WholeMessage.Rest(message, Text.ToString(), _reasoning.Length > 0, !_toolCalls.IsEmpty, _hasDeltas);
            }
            else
            {
                _hasDeltas |= SaysSomething(delta);
            }

            if (delta is not null)
            {
                Add(delta);
            }

            return delta;
        }

        public ChatPS.ChatChoice ToChoice(int index, string? audioFormat)
        {
            List<JsonElement?> extras = [];
            ChatMessage message = new()
            {
                Role = _role is { Length: > 0 } role ? role : "assistant",
                Content = Text.Length > 0 ? [ChatContent.FromText(Text.ToString())] : [],
                ToolCalls = [.. _toolCalls.ToCalls(extras), .. _oldCall?.ToCalls([]) ?? []],
                Reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : null,
                Refusal = _refusal.Length > 0 ? _refusal.ToString() : null,
                AudioId = _audio.Id,
                Audio = _audio.ToAudio(audioFormat),
                Citations = ChatMessageMapper.ToCitations(_annotations),
            };
            bool isContent = _usesContent || (_sawContent && !_usesOther);
            SentBack.Keep(message, isContent ? _reasoning.ToString() : null, _usesOther && !isContent ? _reasoning.ToString() : null, _details?.ToElement(), _extra, extras);
            return new ChatPS.ChatChoice { Index = index, FinishReason = FinishReason, LogProbs = LogProbMapper.FromChat(_logProbs), Message = message };
        }

        private void Add(ChatDelta delta)
        {
            _role ??= delta.Role;
            _audio.Add(delta.Audio);
            _annotations.AddRange(delta.Annotations ?? []);
            Text.Append(TextOf(delta));
            _reasoning.Append(ReasoningOf(delta));
            _sawContent |= delta.ReasoningContent is not null;
            _usesContent |= delta.ReasoningContent is { Length: > 0 };
            _usesOther |= delta.Reasoning is { Length: > 0 };
            _refusal.Append(delta.Refusal);
            if (delta.AdditionalProperties is { } more)
            {
                _extra = SentBack.Merge(_extra, SentBack.Extra(more));
                if (SentBack.Details(more) is { } details)
                {
                    (_details ??= new DetailsInPieces()).Add(details);
                }
            }

            if (delta.FunctionCall is { } old)
            {
                (_oldCall ??= new ToolCallsInPieces()).Add(new ToolCallDelta { Type = ChatMessageMapper.OldFunctionCall, Function = old });
            }

            foreach (ToolCallDelta call in delta.ToolCalls ?? [])
            {
                _toolCalls.Add(call);
            }
        }

        private static bool SaysSomething(ChatDelta? delta) =>
            delta is not null && (TextOf(delta).Length > 0 || ReasoningOf(delta) is not null || delta.ToolCalls is { Count: > 0 } || delta.FunctionCall is not null || delta.Refusal is { Length: > 0 } || delta.Audio is not null);
    }
}
