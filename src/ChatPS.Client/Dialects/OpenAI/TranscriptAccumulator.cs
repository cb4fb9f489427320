using System.Text;
using ChatPS.Api.Audio;
using ChatPS.Client.Calls;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Speech;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Puts a streamed transcript together.</summary>
internal sealed class TranscriptAccumulator(TranscriptRequest request, Secrets secrets) : IStreamAccumulator<TranscriptionEvent, ChatTranscriptUpdate>
{
    private const string Prefix = "transcript.text.";

    private readonly StringBuilder _text = new();
    private readonly List<TranscriptionSegment> _segments = [];
    private readonly List<TranscriptionLogprob> _logprobs = [];
    private TranscriptionEvent? _last;

    public string PartialText => _text.Length > 0 ? _text.ToString() : string.Join(" ", _segments.Select(segment => segment.Text?.Trim()));

    public bool IsComplete => _last is not null;

    public bool HasEnded => _last is not null;

    public bool Accepts(string eventType) => eventType == StreamedAnswer.PlainEvent || eventType.StartsWith(Prefix, StringComparison.Ordinal);

    public IEnumerable<ChatTranscriptUpdate> Add(TranscriptionEvent chunk)
    {
        _logprobs.AddRange(chunk.Type == Prefix + "delta" ? chunk.Logprobs ?? [] : []);
        switch (chunk.Type)
        {
            case Prefix + "delta":
                _text.Append(chunk.Delta);
                yield return new ChatTranscriptUpdate { Text = chunk.Delta ?? "" };
                break;
            case Prefix + "segment":
                TranscriptionSegment segment = new() { Id = chunk.Id, Speaker = chunk.Speaker, Start = chunk.Start, End = chunk.End, Text = chunk.Text };
                _segments.Add(segment);
                yield return new ChatTranscriptUpdate { Segment = TranscriptReader.Segment(segment, secrets) };
                break;
            case Prefix + "done":
                _last = chunk;
                break;
        }
    }

    public ChatTranscriptUpdate Finish(string raw, IAnswerOrigin origin) => new()
    {
        Transcript = TranscriptReader.FromWire(
            new TranscriptionResponse
            {
                Text = _last?.Text ?? PartialText,
                Segments = _segments,
                Languages = _last?.Languages,
                Logprobs = _last?.Logprobs ?? _logprobs,
                Usage = _last?.Usage,
                Raw = raw,
            },
            request,
            origin),
    };
}
