using ChatPS.Api.Audio;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;
using ChatPS.Client.Speech;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Between a text that is to be spoken and the wire.</summary>
internal static class SpeechMapper
{
    public static SpeechRequest ToWire(SpokenText text, string model, CallSettings settings) => new()
    {
        AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"),
        Model = model,
        Input = text.Text,
        Voice = PlainJson.ToElement(text.Voice, "-Voice"),
        Instructions = text.Instructions,
        ResponseFormat = text.Format,
        Speed = text.Speed,
        StreamFormat = text.StreamFormat,
    };

    /// <summary>Reads what speech or a transcript took.</summary>
    /// <param name="usage">What the service told; null for nothing.</param>
    /// <returns>The tokens; null where it told none.</returns>
    public static ChatUsage? Usage(AudioUsage? usage)
    {
        if (usage is null || (usage.InputTokens is null && usage.OutputTokens is null && usage.TotalTokens is null))
        {
            return null;
        }

        int input = TokenCount.Of(usage.InputTokens);
        int output = TokenCount.Of(usage.OutputTokens);
        return new ChatUsage
        {
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = usage.TotalTokens is > 0 and { } total ? total : TokenCount.Sum(input, output),
            InputAudioTokens = TokenCount.Of(usage.InputTokenDetails?.AudioTokens),
        };
    }
}
