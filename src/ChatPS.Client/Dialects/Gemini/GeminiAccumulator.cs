using System.Text;
using ChatPS.Api.Gemini;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>Puts a streamed answer of Gemini together, whose events have the form of whole answers, behind what came before the service paused.</summary>
internal sealed class GeminiAccumulator : IStreamAccumulator<GeminiResponse, ChatCompletionUpdate>
{
    private readonly ChatRequest _request;
    private readonly SortedDictionary<int, Candidate> _candidates = [];
    private readonly GeminiResponse _head = new();

    /// <summary>Begins a stream.</summary>
    /// <param name="request">What was asked.</param>
    public GeminiAccumulator(ChatRequest request)
    {
        _request = request;
        if (GeminiAnswerMapper.Earlier(request) is { Count: > 0 } earlier)
        {
            _candidates[0] = new Candidate(0);
            _ = _candidates[0].Add(new GeminiCandidate { Content = new GeminiContent { Parts = earlier } });
        }
    }

    public string PartialText => _candidates.Count > 0 ? _candidates.First().Value.Text.ToString() : "";

    public bool IsComplete => _candidates.Count == 0
        ? _head.PromptFeedback?.BlockReason is not null
        : _candidates.Count >= (_request.N ?? 1) && _candidates.Values.All(candidate => candidate.IsComplete);

    public bool HasEnded => false;

    public bool Accepts(string eventType) => eventType == StreamedAnswer.PlainEvent;

    public IEnumerable<ChatCompletionUpdate> Add(GeminiResponse chunk)
    {
        _head.ResponseId ??= chunk.ResponseId;
        _head.ModelVersion ??= chunk.ModelVersion;
        _head.ModelStatus = chunk.ModelStatus ?? _head.ModelStatus;
        _head.CreateTime ??= chunk.CreateTime;
        _head.PromptFeedback = chunk.PromptFeedback ?? _head.PromptFeedback;
        _head.UsageMetadata = chunk.UsageMetadata ?? _head.UsageMetadata;
        foreach (GeminiCandidate piece in chunk.Candidates ?? [])
        {
            int index = piece.Index ?? 0;
            if (!_candidates.TryGetValue(index, out Candidate? candidate))
            {
                _candidates[index] = candidate = new Candidate(index);
            }

            (string text, string reasoning) = candidate.Add(piece);
            if (text.Length > 0 || reasoning.Length > 0)
            {
                yield return new ChatCompletionUpdate { Index = index, Text = text, Reasoning = reasoning.Length > 0 ? reasoning : null };
            }
        }
    }

    public ChatCompletionUpdate Finish(string raw, IAnswerOrigin origin)
    {
        _head.Raw = raw;
        _head.Candidates = [.. _candidates.Values.Select(candidate => candidate.ToWhole())];
        return new ChatCompletionUpdate { Completion = GeminiAnswerMapper.FromStream(_head, _request, origin) };
    }

    private sealed class Candidate(int index)
    {
        private readonly GeminiCandidate _whole = new() { Index = index };
        private readonly List<GeminiPart> _parts = [];
        private readonly List<GeminiCitationSource> _citations = [];
        private readonly List<GeminiTokenLogprob> _chosen = [];
        private readonly List<GeminiTopLogprobs> _top = [];
        private readonly StringBuilder _run = new();
        private readonly WholeCharacters _wholeText = new();
        private readonly WholeCharacters _wholeThoughts = new();
        private bool? _runIsThought;

        public StringBuilder Text { get; } = new();

        public bool IsComplete => _whole.FinishReason is not null;

        public (string Text, string Reasoning) Add(GeminiCandidate piece)
        {
            _whole.FinishReason = piece.FinishReason is { Length: > 0 } reason and not "FINISH_REASON_UNSPECIFIED" ? reason : _whole.FinishReason;
            _whole.ContinuationToken = piece.ContinuationToken ?? _whole.ContinuationToken;
            _whole.FinishMessage = piece.FinishMessage ?? _whole.FinishMessage;
            _whole.SafetyRatings = piece.SafetyRatings ?? _whole.SafetyRatings;
            _whole.GroundingMetadata = piece.GroundingMetadata ?? _whole.GroundingMetadata;
            _whole.UrlContextMetadata = piece.UrlContextMetadata ?? _whole.UrlContextMetadata;
            _citations.AddRange(piece.CitationMetadata?.CitationSources ?? piece.CitationMetadata?.Citations ?? []);
            _chosen.AddRange(piece.LogprobsResult?.ChosenCandidates ?? []);
            _top.AddRange(piece.LogprobsResult?.TopCandidates ?? []);
            StringBuilder text = new();
            StringBuilder thoughts = new();
            foreach (GeminiPart part in piece.Content?.Parts ?? [])
            {
                (part.Thought == true ? thoughts : text).Append(part.Text);
                Add(part);
            }

            Text.Append(text);
            return (_wholeText.Take(text.ToString()), _wholeThoughts.Take(thoughts.ToString()));
        }

        public GeminiCandidate ToWhole()
        {
            EndRun();
            _whole.Content = new GeminiContent { Role = "model", Parts = _parts };
            _whole.CitationMetadata = _citations.Count > 0 ? new GeminiCitationMetadata { CitationSources = _citations } : null;
            _whole.LogprobsResult = _chosen.Count > 0 ? new GeminiLogprobs { ChosenCandidates = _chosen, TopCandidates = _top } : null;
            return _whole;
        }

        // Text in pieces is one part; a signature belongs to the part that it came with.
        private void Add(GeminiPart part)
        {
            if (!IsTextAlone(part) || (_run.Length > 0 && part.Thought != _runIsThought))
            {
                EndRun();
            }

            if (IsTextAlone(part))
            {
                _run.Append(part.Text);
                _runIsThought = part.Thought;
            }
            else
            {
                _parts.Add(part);
            }
        }

        private void EndRun()
        {
            if (_run.Length > 0)
            {
                _parts.Add(new GeminiPart { Text = _run.ToString(), Thought = _runIsThought });
                _run.Clear();
            }
        }

        private static bool IsTextAlone(GeminiPart part) => part is
        {
            Text: not null, ThoughtSignature: null, InlineData: null, FileData: null, FunctionCall: null, FunctionResponse: null, ExecutableCode: null, CodeExecutionResult: null,
            AdditionalProperties: null or { Count: 0 },
        };
    }
}
