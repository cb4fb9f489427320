using ChatPS.Api;
using ChatPS.Api.Audio;
using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Speech;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Reads transcripts: JSON of several forms, plain text, subtitles.</summary>
internal static class TranscriptReader
{
    /// <summary>Reads a whole answer. Some servers give text where JSON was asked for, and the other way round.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>The transcript.</returns>
    /// <exception cref="ChatServiceException">It is none.</exception>
    public static ChatTranscript Read(string body, TranscriptRequest request, IAnswerOrigin origin)
    {
        try
        {
            ChatTranscript transcript = IsJson(body) ? FromWire(WireJson.Read<TranscriptionResponse>(body, AudioJsonContext.Default), request, origin)
                : body.Length == 0 || (!request.IsText && string.IsNullOrWhiteSpace(body)) ? throw new WireFormatException("The service answered with an empty body.", body)
                : PageText.IsPage(body) ? throw new WireFormatException($"The service answered with a web page: {PageText.Shorten(body)}", body)
                : FromText(body, request, origin);
            if (origin is CallContext call)
            {
                call.Notes?.Answered(transcript.Text, body);
                if (call.IsDebug)
                {
                    CallBodies.Show("the answer", body, call);
                }
            }

            return transcript;
        }
        catch (Exception exception) when (origin is CallContext)
        {
            throw FailureMapper.FromException(exception, (CallContext)origin, body: body);
        }
    }

    /// <summary>Makes the transcript of what was read.</summary>
    /// <param name="response">What was read.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>The transcript.</returns>
    public static ChatTranscript FromWire(TranscriptionResponse response, TranscriptRequest request, IAnswerOrigin origin)
    {
        ChatTranscriptSegment[] segments = [.. (response.Segments ?? []).Select(segment => Segment(segment, origin.Secrets))];
        string text = response.Text ?? (segments.Length > 0
            ? string.Join(" ", segments.Select(segment => segment.Text.Trim()))
            : throw WireFormatException.NoAnswer("The answer holds no text.", response.Raw));
        string[] languages = [.. (response.Languages ?? []).Select(language => language.Code).OfType<string>()];
        return Create(request, origin, new ChatTranscript
        {
            Text = Redactor.Redact(text, origin.Secrets),
            Segments = segments,
            Words = [.. (response.Words ?? []).Select(word => new ChatTranscriptWord { Word = Redactor.Redact(word.Word ?? "", origin.Secrets), Start = Time(word.Start), End = Time(word.End) })],
            Speakers = [.. segments.Select(segment => segment.Speaker).OfType<string>().Distinct(StringComparer.Ordinal)],
            Language = Redactor.RedactOptional(response.Language ?? (languages.Length > 0 ? string.Join(", ", languages) : null), origin.Secrets),
            LogProbs = [.. (response.Logprobs ?? []).Select(token => new ChatTokenLogProb { Token = Redactor.Redact(token.Token ?? "", origin.Secrets), LogProb = token.Logprob })],
            Duration = Time(response.Duration),
            Model = Redactor.RedactOptional(response.Model, origin.Secrets),
            Usage = SpeechMapper.Usage(response.Usage),
            Charged = Time(response.Usage?.Seconds),
            Raw = response.Raw,
        });
    }

    /// <summary>Reads a part.</summary>
    /// <param name="segment">The part.</param>
    /// <param name="secrets">What to take out.</param>
    /// <returns>The part.</returns>
    public static ChatTranscriptSegment Segment(TranscriptionSegment segment, Secrets secrets) => new()
    {
        Id = Redactor.RedactOptional(segment.Id, secrets),
        Start = Time(segment.Start),
        End = Time(segment.End),
        Speaker = segment.Speaker is { Length: > 0 } speaker ? Redactor.Redact(speaker, secrets) : null,
        Text = Redactor.Redact(segment.Text ?? "", secrets),
        AvgLogProb = segment.AvgLogprob,
        NoSpeechProb = segment.NoSpeechProb,
    };

    private static ChatTranscript FromText(string body, TranscriptRequest request, IAnswerOrigin origin)
    {
        string text = Redactor.Redact(body, origin.Secrets);
        ChatTranscriptSegment[] segments = request.Format is "srt" or "vtt" ? [.. Subtitles.Read(text)] : [];
        return Create(request, origin, new ChatTranscript
        {
            Text = request.Format is "srt" or "vtt" ? text : text.Trim(),
            Segments = segments,
            Duration = request.Sound.Duration ?? (segments.Length > 0 ? segments[segments.Length - 1].End : null),
            Raw = body,
        });
    }

    private static ChatTranscript Create(TranscriptRequest request, IAnswerOrigin origin, ChatTranscript read)
    {
        TimeSpan? duration = read.Duration ?? request.Sound.Duration;
        Dictionary<string, decimal> units = new(StringComparer.OrdinalIgnoreCase) { [PriceUnits.Minute] = SoundFile.MinutesOf(read.Charged ?? duration) ?? request.Sound.Minutes };
        return new ChatTranscript
        {
            Text = read.Text,
            Segments = read.Segments,
            Words = read.Words,
            Speakers = read.Speakers,
            Language = read.Language,
            LogProbs = read.LogProbs,
            Duration = duration,
            Format = request.Format,
            Path = request.Sound.Path,
            Model = read.Model ?? request.Model,
            Usage = read.Usage,
            Charged = read.Charged,
            Cost = origin.Succeed(read.Model ?? request.Model, read.Usage, units),
            Elapsed = origin.Elapsed,
            RequestId = origin.RequestId,
            Connection = origin.ConnectionName,
            Index = request.Index,
            Input = request.Input,
            Raw = Redactor.Redact(read.Raw, origin.Secrets),
        };
    }

    private static TimeSpan? Time(double? seconds) => SoundTime.FromSeconds(seconds);

    private static bool IsJson(string body) => body.TrimStart('\uFEFF', ' ', '\t', '\r', '\n') is ['{' or '[' or '"', ..] && IsWhole(body);

    // A text in brackets, such as [music], is no JSON.
    private static bool IsWhole(string body) => body.TrimStart('\uFEFF', ' ', '\t', '\r', '\n')[0] == '{' || Json.JsonMembers.TryParse(body) is not null;
}
