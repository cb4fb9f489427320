using System.Text.Json;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Json;
using ChatPS.Client.Runs;

namespace ChatPS.Client.Speech;

/// <summary>What a checkpoint keeps of a spoken text: where its file is, and what else there is to know. The sound itself stays in the file.</summary>
internal static class KeptSpeech
{
    /// <summary>Makes what is kept.</summary>
    /// <param name="speech">The spoken text.</param>
    /// <param name="reservation">What was set aside for it; null without a budget.</param>
    /// <returns>What is kept.</returns>
    public static CheckpointRecord ToRecord(ChatSpeech speech, Reservation? reservation) => new()
    {
        Raw = PlainJson.Write(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["path"] = speech.Path,
                ["format"] = speech.Format,
                ["media_type"] = speech.MediaType,
                ["length"] = speech.Length,
                ["seconds"] = speech.Duration?.TotalSeconds,
                ["parts"] = speech.Parts,
                ["input_tokens"] = speech.Usage?.InputTokens,
                ["output_tokens"] = speech.Usage?.OutputTokens,
                ["total_tokens"] = speech.Usage?.TotalTokens,
            },
            "-CheckpointPath"),
        Elapsed = speech.Elapsed,
        RequestId = speech.RequestId,
        Connection = speech.Connection,
        RequestedModel = speech.Model,
        TotalTokens = speech.Usage?.TotalTokens ?? 0,
        OutputTokens = speech.Usage?.OutputTokens ?? 0,
        Cost = speech.Cost ?? reservation?.Cost,
        At = DateTimeOffset.UtcNow,
    };

    /// <summary>Makes the spoken text again.</summary>
    /// <param name="record">What is kept of it.</param>
    /// <param name="text">What was asked.</param>
    /// <returns>The spoken text; whether its file is still there is for others to see.</returns>
    public static ChatSpeech Restore(CheckpointRecord record, SpokenText text)
    {
        using JsonDocument document = JsonDocument.Parse(record.Raw);
        JsonElement kept = document.RootElement;
        return new ChatSpeech
        {
            Path = kept.GetProperty("path").GetString(),
            Format = kept.GetProperty("format").GetString() ?? "",
            MediaType = kept.GetProperty("media_type").GetString() ?? "",
            Length = kept.GetProperty("length").GetInt64(),
            Duration = kept.GetProperty("seconds") is { ValueKind: JsonValueKind.Number } seconds ? TimeSpan.FromSeconds(seconds.GetDouble()) : null,
            Text = text.Text,
            Characters = text.Characters,
            Parts = kept.GetProperty("parts").GetInt32(),
            Voice = VoiceOf(text),
            Model = record.RequestedModel,
            Usage = kept.GetProperty("total_tokens").ValueKind == JsonValueKind.Number ? new ChatUsage
            {
                InputTokens = kept.GetProperty("input_tokens").GetInt32(),
                OutputTokens = kept.GetProperty("output_tokens").GetInt32(),
                TotalTokens = kept.GetProperty("total_tokens").GetInt32(),
            }
            : null,
            Cost = record.Cost,
            Elapsed = record.Elapsed,
            RequestId = record.RequestId,
            Connection = record.Connection,
            Index = text.Index,
            Input = text.Input,
        };
    }

    /// <summary>Names the voice.</summary>
    /// <param name="text">What was asked.</param>
    /// <returns>Its name or id.</returns>
    public static string? VoiceOf(SpokenText text) => text.Voice is IReadOnlyDictionary<string, object?> own ? own["id"] as string : text.Voice as string;
}
