using System.Text;
using ChatPS.Api.Errors;
using ChatPS.Api.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Completions;
using ChatPS.Client.Dialects.OpenAI;

namespace ChatPS.Client.Text;

/// <summary>Puts a streamed text completion together.</summary>
internal sealed class TextAccumulator(TextRequest request) : IStreamAccumulator<CompletionResponse, ChatTextCompletionUpdate>
{
    private readonly SortedDictionary<int, Choice> _choices = [];
    private readonly CompletionResponse _head = new();

    public string PartialText => _choices.Count > 0 ? _choices.First().Value.Text.ToString() : "";

    public bool IsComplete => _choices.Count >= (request.N ?? 1) && _choices.Values.All(choice => choice.FinishReason is not null);

    public bool HasEnded => false;

    public bool Accepts(string eventType) => eventType == StreamedAnswer.PlainEvent;

    public IEnumerable<ChatTextCompletionUpdate> Add(CompletionResponse chunk)
    {
        _head.Id = First(_head.Id, chunk.Id);
        _head.Model = First(_head.Model, chunk.Model);
        _head.Created = _head.Created is > 0 ? _head.Created : chunk.Created;
        _head.SystemFingerprint ??= chunk.SystemFingerprint;
        _head.Usage = chunk.Usage ?? _head.Usage;

        foreach (CompletionChoice piece in chunk.Choices ?? [])
        {
            int index = piece.Index ?? 0;
            if (!_choices.TryGetValue(index, out Choice? choice))
            {
                _choices[index] = choice = new Choice();
            }

            choice.Text.Append(piece.Text);
            choice.FinishReason = First(piece.FinishReason, choice.FinishReason);
            choice.LogProbs.AddRange(LogProbMapper.FromText(piece.Logprobs));
            string text = choice.WholeText.Take(piece.Text ?? "");
            if (text.Length > 0)
            {
                yield return new ChatTextCompletionUpdate { Index = index, Text = text };
            }

            UnderSuccess.RequireNone(piece, piece.FinishReason, chunk.Raw);
        }
    }

    public ChatTextCompletionUpdate Finish(string raw, IAnswerOrigin origin)
    {
        _head.Raw = raw;
        if (_choices.Count == 0)
        {
            throw WireFormatException.NoAnswer("The stream held no choices.", raw);
        }

        List<ChatTextChoice> choices =
        [
            .. _choices.Select(pair => new ChatTextChoice
            {
                Index = pair.Key,
                Text = pair.Value.Text.ToString(),
                FinishReason = pair.Value.FinishReason,
                LogProbs = [.. pair.Value.LogProbs],
            }),
        ];
        return new ChatTextCompletionUpdate { Completion = TextMapper.Create(choices, _head, request, origin) };
    }

    // Some servers send empty strings for what they do not know yet.
    private static string? First(string? text, string? other) => string.IsNullOrEmpty(text) ? other : text;

    private sealed class Choice
    {
        public StringBuilder Text { get; } = new();

        public WholeCharacters WholeText { get; } = new();

        public string? FinishReason { get; set; }

        public List<ChatTokenLogProb> LogProbs { get; } = [];
    }
}
