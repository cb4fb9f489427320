using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>Speaks texts, in any voice that has a name.</summary>
internal static class SpeechEndpoint
{
    private const int LongestText = 4096;
    private const int Pieces = 3;

    public static Answer Handle(EndpointCall call)
    {
        Fields body = call.Body;
        call.Model();
        string text = body.RequiredText("input");
        CheckLength("input", text);
        CheckLength("instructions", body.Text("instructions") ?? "");
        CheckVoice(body);
        body.CheckNumber("speed", 0.25, 4);
        string format = body.Choice("response_format", "mp3", "opus", "aac", "flac", "wav", "pcm") ?? "mp3";
        byte[] sound = SpokenWords.Speak(text, format);
        if (body.Choice("stream_format", "sse", "audio") != "sse")
        {
            return new Answer { ContentType = format switch { "mp3" => "audio/mpeg", "opus" => "audio/ogg", _ => "audio/" + format }, Bytes = sound };
        }

        int input = Tokens.Count(text);
        return Answer.OfEvents(Events(sound, input)) with { HasEndMark = false };
    }

    private static IEnumerable<Action<Utf8JsonWriter>> Events(byte[] sound, int tokens)
    {
        int size = (sound.Length + Pieces - 1) / Pieces;
        for (int at = 0; at < sound.Length; at += size)
        {
            string piece = Convert.ToBase64String(sound, at, Math.Min(size, sound.Length - at));
            yield return json => PlainJson.Write(json, Shape.Of(("type", "speech.audio.delta"), ("audio", piece)));
        }

        yield return json => PlainJson.Write(json, Shape.Of(
            ("type", "speech.audio.done"), ("usage", Shape.Of(("input_tokens", tokens), ("output_tokens", tokens * 2), ("total_tokens", tokens * 3)))));
    }

    private static void CheckLength(string member, string text)
    {
        if (text.Length == 0 && member == "input")
        {
            throw new ApiException(ApiError.Invalid("Invalid 'input': string too short. Expected a string with minimum length 1, but got an empty string instead.", member, "string_too_short"));
        }

        if (text.Length > LongestText)
        {
            throw new ApiException(ApiError.Invalid($"Invalid '{member}': string too long. Expected a string with maximum length {LongestText}, but got a string with length {text.Length} instead.", member, "string_too_long"));
        }
    }

    private static void CheckVoice(Fields body)
    {
        JsonElement voice = body.Required("voice");
        if (voice.ValueKind == JsonValueKind.Object)
        {
            new Fields(voice, "voice.").RequiredText("id");
        }
        else
        {
            body.RequiredText("voice");
        }
    }
}
