using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Files;
using ChatPS.Client.Runs;
using ChatPS.Client.Speech;

namespace ChatPS.Client.Tests.Speech;

/// <summary>Sounds, and the requests and answers about them, as the tests need them.</summary>
internal static partial class Sounds
{
    /// <summary>A WAV file of raw sound.</summary>
    public static byte[] Wave(params byte[] samples) => WaveFile.Wrap(samples);

    /// <summary>A WAV file of so many seconds, with a note before its samples, as some programs write it.</summary>
    public static byte[] Wave(double seconds, byte fill = 1)
    {
        byte[] samples = new byte[(int)(seconds * 48_000)];
        Array.Fill(samples, fill);
        byte[] whole = WaveFile.Wrap(samples);
        return [.. whole[..36], .. "LIST"u8, 3, 0, 0, 0, 7, 7, 7, 0, .. whole[36..]];
    }

    public static readonly byte[] Mp3 = [0xFF, 0xFB, 0x90, 0, 1, 2, 3];

    public static SpokenText Say(string text) => new() { Text = text, Model = "m" };

    public static Task<ChatSpeech> SpeakAsync(this ServiceConnection connection, SpokenText text, SpeechTarget? target = null, CallSettings? settings = null, RunPlan? plan = null) =>
        new SpeechService(connection).SpeakAsync(text, target, settings ?? CallSettings.None, plan ?? RunPlan.None, CancellationToken.None).WaitAsync(Engine.Patience);

    public static Task<ChatTranscript> TranscribeAsync(this ServiceConnection connection, TranscriptRequest request, CallSettings? settings = null, RunPlan? plan = null) =>
        new TranscriptService(connection, 4).TranscribeAsync(request.Complete(), settings ?? CallSettings.None, plan ?? RunPlan.None, CancellationToken.None).WaitAsync(Engine.Patience);

    /// <summary>Answers with bytes.</summary>
    public static Func<RawExchange, Task> Bytes(byte[] bytes, string type) => async exchange =>
    {
        await exchange.StartStreamAsync(type);
        await exchange.ChunkAsync(bytes);
        await exchange.EndStreamAsync();
    };

    /// <summary>The fields of a form as JSON, as the official description sees them: <c>name[]</c> is a list, and a file a text.</summary>
    public static string FormJson(string body, out string fileHead)
    {
        fileHead = "";
        SortedDictionary<string, object> members = new(StringComparer.Ordinal);
        string boundary = body[..body.IndexOf("\r\n", StringComparison.Ordinal)];
        foreach (string part in body.Split(boundary, StringSplitOptions.RemoveEmptyEntries).Where(part => part.StartsWith("\r\n", StringComparison.Ordinal)))
        {
            int end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            string head = part[..end];
            string value = part[(end + 4)..^2];
            string name = NameOf().Match(head).Groups[1].Value;
            if (head.Contains("filename", StringComparison.Ordinal))
            {
                fileHead = head;
                members[name] = "(binary)";
            }
            else if (name.EndsWith("[]", StringComparison.Ordinal))
            {
                members.TryAdd(name[..^2], new List<string>());
                ((List<string>)members[name[..^2]]).Add(value);
            }
            else
            {
                members[name] = name switch
                {
                    "temperature" => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
                    "stream" => value == "true",
                    "chunking_strategy" when value.StartsWith('{') => JsonDocument.Parse(value).RootElement,
                    _ => value,
                };
            }
        }

        return JsonSerializer.Serialize(members);
    }

    public static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    [GeneratedRegex("name=\"([^\"]*)\"")]
    private static partial Regex NameOf();
}
