using System.Text.Json.Nodes;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Client.Moderation;
using ChatPS.Client.Text;

namespace ChatPS.Client.Tests;

/// <summary>Answers in which something is not what it should be. They are read as far as they go, or are a failure of this call.</summary>
public sealed class MalformedAnswerTests
{
    private const string Usage = """{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":1}}""";
    private const string Parts = """
        {"role":"assistant","content":"hi","refusal":null,"reasoning_content":"so","annotations":[{"type":"url_citation","url_citation":{"url":"https://example.com","title":"t","start_index":0,"end_index":1}}],
        "tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}],"audio":{"id":"a","data":"AAAA","transcript":"t","expires_at":1}}
        """;
    private const string Logprobs = """{"content":[{"token":"hi","logprob":-1,"bytes":[104],"top_logprobs":[{"token":"hi","logprob":-1,"bytes":[104]}]}]}""";
    private static readonly string[] Wrong = ["null", "0", "1e999", "-1", "true", "\"x\"", "\"\\ud800\"", "[]", "[null]", "[[0]]", "{}", """{"x":null}"""];

    private static readonly Dictionary<string, (string Answer, string Type, Func<ServiceConnection, CallSettings, Task> Call)> Answers = new(StringComparer.Ordinal)
    {
        ["chat"] = ($$"""{"id":"c","created":1,"model":"m","choices":[{"index":0,"message":{{Parts}},"finish_reason":"stop","logprobs":{{Logprobs}}}],"usage":{{Usage}} }""", "application/json",
            (connection, settings) => connection.Chat.CompleteAsync(Engine.Ask(), settings, CancellationToken.None)),
        ["stream"] = ($$"""{"id":"c","created":1,"model":"m","choices":[{"index":0,"delta":{{Parts}},"finish_reason":"stop","logprobs":{{Logprobs}}}],"usage":{{Usage}} }""", "text/event-stream",
            (connection, settings) => Engine.CollectAsync(connection.Chat.StreamAsync(Engine.Ask(), settings, CancellationToken.None))),
        ["text"] = ($$"""{"id":"c","created":1,"model":"m","choices":[{"index":0,"text":"hi","finish_reason":"stop","logprobs":{"tokens":["hi"],"token_logprobs":[-1],"top_logprobs":[{"hi":-1}],"text_offset":[0]} }],"usage":{{Usage}} }""", "application/json",
            (connection, settings) => connection.Text.CompleteAsync(new TextRequest { Prompt = "p" }, settings, CancellationToken.None)),
        ["models"] = ("""{"object":"list","data":[{"id":"m","object":"model","created":1,"owned_by":"o","supported_endpoint_types":["openai"]}]}""", "application/json",
            (connection, settings) => connection.Models.ListAsync(settings, CancellationToken.None)),
        ["moderation"] = ("""{"id":"r","model":"m","results":[{"flagged":true,"categories":{"hate":true},"category_scores":{"hate":0.9},"category_applied_input_types":{"hate":["text"]}}]}""", "application/json",
            (connection, settings) => connection.Moderations.ModerateAsync([new ModerationItem { Text = "t" }], model: null, settings, CancellationToken.None)),
        ["error"] = ("""{"error":{"message":"No.","type":"t","param":"p","code":"c","metadata":{"raw":"{}"},"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1s"}]}}""", "application/json",
            (connection, settings) => connection.Chat.CompleteAsync(Engine.Ask(), settings, CancellationToken.None)),
    };

    public static TheoryData<string> Kinds => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Call_AnyPartIsOfAnotherKind_IsReadOrIsAFailureOfTheCall(string kind)
    {
        (string answer, string type, Func<ServiceConnection, CallSettings, Task> call) = Answers[kind];
        string body = "";
        using RawServer server = RawServer.Start(exchange => exchange.AnswerAsync(kind == "error" ? 400 : 200, body, type));
        using ServiceConnection connection = Engine.Connect(server);
        List<string> wrong = [];
        foreach (string changed in Changes(answer))
        {
            body = type == "text/event-stream" ? Engine.Event(changed) + Engine.Event("[DONE]") : changed;
            try
            {
                await call(connection, CallSettings.None).WaitAsync(Engine.Patience);
            }
            catch (ChatServiceException failure) when (kind != "error" || failure.StatusCode == 400)
            {
                // What is asked of it.
            }
            catch (Exception exception)
            {
                wrong.Add($"{changed}: {exception}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [InlineData("chat", """{"choices":[null]}""")]
    [InlineData("stream", """{"choices":[{"index":0,"delta":{"audio":{"data":"no base64"}}}]}""")]
    [InlineData("moderation", """{"results":[null]}""")]
    public async Task Call_AnswerCannotBeRead_IsABadResponse(string kind, string answer)
    {
        (_, string type, Func<ServiceConnection, CallSettings, Task> call) = Answers[kind];
        string body = type == "text/event-stream" ? Engine.Event(answer) + Engine.Event("[DONE]") : answer;
        using RawServer server = RawServer.Answering(200, body, type);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => call(connection, CallSettings.None).WaitAsync(Engine.Patience));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
    }

    [Fact]
    public async Task Stream_AudioThatCannotBeDecodedHoldsTheKey_DoesNotTellIt()
    {
        string audio = $$$"""{"choices":[{"index":0,"delta":{"audio":{"data":"{{{Engine.Key}}}"} } }]}""";
        using RawServer server = RawServer.Streaming(Engine.Event(audio), Engine.Event("[DONE]"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailStreamAsync();

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.DoesNotContain(Engine.Key, failure.ToString(), StringComparison.Ordinal);
    }

    // Each value of the answer in turn, replaced by each of the wrong ones.
    private static IEnumerable<string> Changes(string answer)
    {
        List<Func<JsonNode, (JsonNode Parent, object Key)>> places = [];
        Find(JsonNode.Parse(answer)!, static root => root, places);
        foreach (Func<JsonNode, (JsonNode Parent, object Key)> place in places)
        {
            foreach (string wrong in Wrong)
            {
                JsonNode root = JsonNode.Parse(answer)!;
                (JsonNode parent, object key) = place(root);
                if (key is string name)
                {
                    parent[name] = "?";
                }
                else
                {
                    parent[(int)key] = "?";
                }

                yield return root.ToJsonString().Replace("\"?\"", wrong, StringComparison.Ordinal);
            }
        }
    }

    private static void Find(JsonNode node, Func<JsonNode, JsonNode> way, List<Func<JsonNode, (JsonNode Parent, object Key)>> places)
    {
        IEnumerable<object> keys = node switch
        {
            JsonObject members => members.Select(static member => (object)member.Key),
            JsonArray items => Enumerable.Range(0, items.Count).Cast<object>(),
            _ => [],
        };
        foreach (object key in keys)
        {
            places.Add(root => (way(root), key));
            if (Child(node, key) is { } child)
            {
                Find(child, root => Child(way(root), key)!, places);
            }
        }
    }

    private static JsonNode? Child(JsonNode node, object key) => key is string name ? node[name] : node[(int)key];
}
