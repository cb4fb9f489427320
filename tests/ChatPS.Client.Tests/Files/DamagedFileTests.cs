using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Profiles;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Schemas;
using ChatPS.Client.Sessions;

namespace ChatPS.Client.Tests.Files;

/// <summary>A file that somebody has edited, or that broke, is read or refused by an error of ours that says what to do.</summary>
public sealed class DamagedFileTests
{
    private const int Cases = 1500;

    private static readonly string[] Odd = ["null", "[]", "{}", "-1", "1e999", "99999999999999999999", "true", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "\"http://u:p@h\"", "[null]", "[[[[1]]]]"];

    public static TheoryData<string, string> Files => new()
    {
        { "profile", """{"format":"chatps-connection","version":1,"key":{"variable":"A_KEY","script":"x"},"dialect":"OpenAI","name":"p","baseUri":"https://a.example/v1","model":"m","timeoutSec":5,"maxRetry":2,"requestsPerMinute":5,"additionalHeader":{"a":"b"},"allowInsecure":false,"proxy":"http://proxy.example:8080/","noProxy":false,"proxyBypass":["a"],"minimumTlsVersion":"1.2","maxResponseSizeMB":5}""" },
        { "providers", """{"Mine":{"description":"d","baseUri":"https://a.example/v1","dialect":"OpenAI","keyVariables":["A"],"keyHeader":"k","hosts":["*.a.example"],"isLocal":true,"needsBaseUri":false,"unsupported":["-Seed"]}}""" },
        { "session", """{"format":"chatps-session","version":1,"id":"i","name":"n","created":"2026-01-01T00:00:00Z","lastUsed":"2026-01-01T00:00:00Z","system":"s","model":"m","connection":"c","parameters":{"Temperature":0.5,"Stop":["a"]},"tools":["Get-Date"],"maxMessage":5,"maxToken":50,"usage":{"requests":1,"inputTokens":1,"cachedTokens":0,"outputTokens":1,"totalTokens":2,"cost":0.5},"messages":[{"role":"user","content":[{"type":"text","text":"t"}],"toolCalls":[{"id":"1","type":"function","name":"f","arguments":"{}"}],"toolCallId":"1","raw":"[]","rawDialect":"Gemini"}]}""" },
        { "checkpoint", "" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_DamagedInAnyWay_GivesOrRefuses(string kind, string whole)
    {
        using CheckpointFolder folder = new();
        string content = kind == "checkpoint" ? Kept(folder) : whole;
        Random random = new(11);
        for (int i = 0; i < Cases; i++)
        {
            string damaged = Damage(content, random);
            Exception? thrown = Record.Exception(() => Read(kind, damaged, folder));

            Assert.True(thrown is null or ChatServiceException { ErrorId: ErrorIds.InvalidRequest or ErrorIds.CheckpointFailed, RecommendedAction.Length: > 0 }, $"{damaged}: {thrown}");
        }
    }

    [Fact]
    public void Restore_TypedAnswerThatWasEdited_IsNotTaken()
    {
        using CheckpointFolder folder = new();
        using ServiceConnection connection = Engine.Connect(new Uri("http://localhost:1"));
        OutputFormat format = new("answer", new Dictionary<string, object?> { ["type"] = "object", ["properties"] = new Dictionary<string, object?> { ["n"] = new Dictionary<string, object?> { ["type"] = "integer" } }, ["required"] = new List<object?> { "n" } });
        ChatRequest request = Engine.Ask() with { Output = format };

        Assert.Equal("""{"n":1}""", Restored("""{"n":1}""").Text);
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Restored("""{"n":"one"}"""));
        Assert.Equal(ErrorIds.CheckpointFailed, failure.ErrorId);
        Assert.Contains("does not fit the schema", failure.Message, StringComparison.Ordinal);

        ChatCompletion Restored(string text) => connection.Chat.Restore(new CheckpointRecord { Raw = Engine.Answer(text) }, request, CallSettings.None);
    }

    private static string Kept(CheckpointFolder folder)
    {
        using (Checkpoint checkpoint = folder.Open(CheckpointMode.Resume, ("System", "be brief"), ("Stop", new List<object?> { "a", 1 })))
        {
            CheckpointSlot slot = checkpoint.Claim(CheckpointFolder.Request("a"));
            CheckpointFolder.Save(checkpoint, slot, new CheckpointRecord { Raw = Engine.Answer("x"), Cost = 0.5m, TotalTokens = 5, Connection = "c", RequestedModel = "m", FallbackFrom = ["n"], Tools = "{}" });
        }

        return System.Text.Encoding.UTF8.GetString(folder.Bytes);
    }

    private static void Read(string kind, string text, CheckpointFolder folder)
    {
        switch (kind)
        {
            case "profile": ProfileFile.Read(text, "p", "/p.json"); break;
            case "providers": ProviderFile.Read(text, "/p.json", "/p.json"); break;
            case "session": SessionFile.FromJson(text, "/s.json"); break;
            default:
                folder.Bytes = System.Text.Encoding.UTF8.GetBytes(text);
                using (Checkpoint checkpoint = folder.Open(CheckpointMode.Resume, ("System", "be brief"), ("Stop", new List<object?> { "a", 1 })))
                {
                    using ServiceConnection connection = Engine.Connect(new Uri("http://localhost:1"));
                    checkpoint.Claim(CheckpointFolder.Request("a")).Restore(record => connection.Chat.Restore(record, Engine.Ask(), CallSettings.None));
                }

                break;
        }
    }

    // Values replaced, text cut out, doubled or put in.
    private static string Damage(string text, Random random)
    {
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int at = random.Next(text.Length);
            int colon = text.IndexOf(':', at);
            int end = colon < 0 ? -1 : text.IndexOfAny([',', '}', ']'], colon);
            text = random.Next(5) switch
            {
                0 => text.Remove(at, random.Next(Math.Min(20, text.Length - at))),
                1 => text.Insert(at, text.Substring(at, random.Next(Math.Min(20, text.Length - at)))),
                2 => text.Insert(at, Odd[random.Next(Odd.Length)]),
                _ when end > 0 => text.Remove(colon + 1, end - colon - 1).Insert(colon + 1, Odd[random.Next(Odd.Length)]),
                _ => text[..at] + (char)random.Next(1, 256) + text[(at + 1)..],
            };
        }

        return text;
    }
}
