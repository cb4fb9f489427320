using System.Text.Json;

namespace ChatPS.Sandbox.Tests;

public sealed class ChatTests : SandboxTest
{
    private const string Path = "/v1/chat/completions";

    private const string Tools = """
        ,"tools":[
          {"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":1}},"required":["city"]}}},
          {"type":"custom","custom":{"name":"shell"}}]
        """;

    [Fact]
    public async Task Chat_UserMessage_IsEchoedInOfficialForm()
    {
        JsonElement answer = await AskChatAsync("Hello, world!");

        Assert.Equal("You said: Hello, world!", ContentOf(answer));
        Assert.Equal("chat.completion", answer.GetProperty("object").GetString());
        Assert.Equal("chatcmpl-sandbox-000001", answer.GetProperty("id").GetString());
        Assert.Equal("sandbox-mini", answer.GetProperty("model").GetString());
        Assert.Equal("fp_sandbox", answer.GetProperty("system_fingerprint").GetString());
        JsonElement choice = answer.GetProperty("choices")[0];
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("refusal").ValueKind);
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("logprobs").ValueKind);
    }

    [Fact]
    public async Task Chat_Usage_CountsWordsAndPunctuation()
    {
        JsonElement usage = (await AskChatAsync("你好 Hello!")).GetProperty("usage");

        // "Be brief." is 3, "你好 Hello!" 4; "You said: " puts 3 before it.
        Assert.Equal(7, usage.GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(7, usage.GetProperty("completion_tokens").GetInt32());
        Assert.Equal(14, usage.GetProperty("total_tokens").GetInt32());
        Assert.Equal(0, usage.GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32());
        Assert.Equal(0, usage.GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt32());
    }

    [Fact]
    public async Task Chat_SeveralChoices_AreNumbered()
    {
        JsonElement answer = await AskChatAsync("hi", ""","n":3""");

        Assert.Equal(
            ["You said: hi", "You said: hi (choice 2)", "You said: hi (choice 3)"],
            Enumerable.Range(0, 3).Select(index => ContentOf(answer, index)));
    }

    [Theory]
    [InlineData("max_tokens")]
    [InlineData("max_completion_tokens")]
    public async Task Chat_MaxTokens_CutsWithLength(string member)
    {
        JsonElement answer = await AskChatAsync("one two three", $",\"{member}\":4");

        Assert.Equal("You said: one", ContentOf(answer));
        Assert.Equal("length", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(4, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Theory]
    [InlineData("\" two\"")]
    [InlineData("[\"three\",\" two\"]")]
    public async Task Chat_Stop_CutsBeforeTheSequence(string stop)
    {
        JsonElement answer = await AskChatAsync("one two three", ",\"stop\":" + stop);

        Assert.Equal("You said: one", ContentOf(answer));
        Assert.Equal("stop", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Chat_ImageParts_AreCounted()
    {
        JsonElement answer = await AskAsync(Path, """
            {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"Look"},
             {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},
             {"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]}]}
            """);

        Assert.Equal("You said: Look [2 images]", ContentOf(answer));
        Assert.Equal(170, answer.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("image_tokens").GetInt32());
    }

    [Fact]
    public async Task Chat_JsonObject_AnswersWithJson()
    {
        JsonElement answer = await AskChatAsync("\"quoted\" 好", ""","response_format":{"type":"json_object"}""");

        Assert.Equal("You said: \"quoted\" 好", Parse(ContentOf(answer)).GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Chat_JsonSchema_AnswersWithAnInstance()
    {
        JsonElement answer = await AskChatAsync("hi", """
            ,"response_format":{"type":"json_schema","json_schema":{"name":"person","strict":true,"schema":{
              "type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":18},"tags":{"type":"array","items":{"enum":["a","b"]},"minItems":2}},
              "required":["name","age","tags"],"additionalProperties":false}}}
            """);

        JsonElement person = Parse(ContentOf(answer));
        Assert.Equal("text", person.GetProperty("name").GetString());
        Assert.Equal(18, person.GetProperty("age").GetInt32());
        Assert.Equal(["a", "a"], person.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
    }

    [Theory]
    [InlineData("\"required\"", "hi", "get_weather", "{\"city\":\"text\",\"days\":1}")]
    [InlineData("\"auto\"", "please call get_weather", "get_weather", "{\"city\":\"text\",\"days\":1}")]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}", "hi", "get_weather", "{\"city\":\"text\",\"days\":1}")]
    [InlineData("{\"type\":\"custom\",\"custom\":{\"name\":\"shell\"}}", "hi", "shell", "text")]
    [InlineData("{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"shell\"}}]}}", "hi", "shell", "text")]
    public async Task Chat_ToolChoice_CallsTheTool(string choice, string prompt, string name, string arguments)
    {
        JsonElement answer = await AskChatAsync(prompt, Tools + ",\"tool_choice\":" + choice);

        JsonElement first = answer.GetProperty("choices")[0];
        Assert.Equal("tool_calls", first.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("message").GetProperty("content").ValueKind);
        JsonElement call = Assert.Single(first.GetProperty("message").GetProperty("tool_calls").EnumerateArray());
        JsonElement body = call.GetProperty(call.GetProperty("type").GetString()!);
        Assert.Equal(name, body.GetProperty("name").GetString());
        Assert.Equal(arguments, body.GetProperty(name == "shell" ? "input" : "arguments").GetString());
    }

    [Theory]
    [InlineData("\"none\"", "call get_weather")]
    [InlineData("\"auto\"", "What is the weather?")]
    public async Task Chat_ToolsNotWanted_AnswersWithText(string choice, string prompt)
    {
        JsonElement answer = await AskChatAsync(prompt, Tools + ",\"tool_choice\":" + choice);

        Assert.Equal("You said: " + prompt, ContentOf(answer));
    }

    [Fact]
    public async Task Chat_ToolResult_IsReportedInsteadOfAnotherCall()
    {
        JsonElement answer = await AskAsync(Path, $$$"""
            {"model":"m","messages":[{"role":"user","content":"call get_weather"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"call_1","content":"sunny"}]{{{Tools}}}}
            """);

        Assert.Equal("The tool answered: sunny", ContentOf(answer));
    }

    [Fact]
    public async Task Chat_OlderFunctions_AreCalledInTheirOwnForm()
    {
        JsonElement answer = await AskChatAsync("hi", ""","functions":[{"name":"f","parameters":{"type":"object","properties":{"x":{"type":"boolean"}}}}],"function_call":{"name":"f"}""");

        JsonElement choice = answer.GetProperty("choices")[0];
        Assert.Equal("function_call", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("""{"x":false}""", choice.GetProperty("message").GetProperty("function_call").GetProperty("arguments").GetString());
    }

    [Fact]
    public async Task Chat_LogProbs_GiveEachTokenItsAlternatives()
    {
        JsonElement answer = await AskChatAsync("好", ""","logprobs":true,"top_logprobs":2""");

        List<JsonElement> tokens = answer.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content").EnumerateArray().ToList();
        Assert.Equal("You said: 好", string.Concat(tokens.Select(token => token.GetProperty("token").GetString())));
        Assert.All(tokens, token =>
        {
            Assert.True(token.GetProperty("logprob").GetDouble() < 0);
            JsonElement top = token.GetProperty("top_logprobs");
            Assert.Equal(2, top.GetArrayLength());
            Assert.Equal(token.GetProperty("token").GetString(), top[0].GetProperty("token").GetString());
            Assert.True(top[1].GetProperty("logprob").GetDouble() < top[0].GetProperty("logprob").GetDouble());
        });
        Assert.Equal([0x20, 0xE5, 0xA5, 0xBD], tokens[^1].GetProperty("bytes").EnumerateArray().Select(item => item.GetInt32()));
    }

    [Fact]
    public async Task Chat_Stream_SendsRoleTokensFinishAndDone()
    {
        List<string> events = await StreamAsync(Path, Chat("你好 👋🏽 hi", ""","stream":true"""));

        Assert.Equal("[DONE]", events[^1]);
        List<JsonElement> chunks = events.SkipLast(1).Select(Parse).ToList();
        Assert.All(chunks, chunk => Assert.Equal("chat.completion.chunk", chunk.GetProperty("object").GetString()));
        Assert.Single(chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct());
        Assert.Equal("assistant", Delta(chunks[0]).GetProperty("role").GetString());
        Assert.Equal("You said: 你好 👋🏽 hi", string.Concat(chunks.Skip(1).SkipLast(1).Select(chunk => Delta(chunk).GetProperty("content").GetString())));
        Assert.Empty(Delta(chunks[^1]).EnumerateObject());
        Assert.Equal("stop", chunks[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("choices")[0].GetProperty("finish_reason").ValueKind));
    }

    [Fact]
    public async Task Chat_StreamWithUsage_EndsWithAnEmptyChoicesChunk()
    {
        List<string> events = await StreamAsync(Path, Chat("hi", ""","stream":true,"stream_options":{"include_usage":true}"""));

        JsonElement last = Parse(events[^2]);
        Assert.Empty(last.GetProperty("choices").EnumerateArray());
        Assert.Equal(4, last.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.All(events.SkipLast(2), chunk => Assert.Equal(JsonValueKind.Null, Parse(chunk).GetProperty("usage").ValueKind));
    }

    [Fact]
    public async Task Chat_StreamOfSeveralChoices_TakesTurns()
    {
        List<string> events = await StreamAsync(Path, Chat("hi", ""","stream":true,"n":2"""));

        List<JsonElement> choices = events.SkipLast(1).Select(chunk => Parse(chunk).GetProperty("choices")[0]).ToList();
        Assert.Equal([0, 1, 0, 1], choices.Take(4).Select(choice => choice.GetProperty("index").GetInt32()));
        string second = string.Concat(choices.Where(choice => choice.GetProperty("index").GetInt32() == 1)
            .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out JsonElement content) ? content.GetString() : ""));
        Assert.Equal("You said: hi (choice 2)", second);
    }

    [Fact]
    public async Task Chat_StreamOfToolCalls_SendsArgumentsInPieces()
    {
        List<string> events = await StreamAsync(Path, Chat("call get_weather and call shell", ",\"stream\":true" + Tools));

        List<JsonElement> choices = events.SkipLast(1).Select(chunk => Parse(chunk).GetProperty("choices")[0]).ToList();
        List<JsonElement> calls = choices.SkipLast(1).Select(choice => Assert.Single(choice.GetProperty("delta").GetProperty("tool_calls").EnumerateArray())).ToList();
        Assert.Equal("tool_calls", choices[^1].GetProperty("finish_reason").GetString());
        Assert.Equal("get_weather", calls[0].GetProperty("function").GetProperty("name").GetString());
        string arguments = string.Concat(calls.Where(call => call.GetProperty("index").GetInt32() == 0).Select(call => call.GetProperty("function").GetProperty("arguments").GetString()));
        Assert.Equal("""{"city":"text","days":1}""", arguments);
        Assert.Contains(calls, call => call.GetProperty("index").GetInt32() == 1 && call.TryGetProperty("id", out _));
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", null, null)]
    [InlineData("""{"model":"m"}""", "messages", "missing_required_parameter")]
    [InlineData("""{"model":"m","messages":[]}""", "messages", "empty_array")]
    [InlineData("""{"model":"m","messages":"x"}""", "messages", "invalid_type")]
    [InlineData("""{"model":"m","messages":[{"role":"pirate","content":"x"}]}""", "messages[0].role", "invalid_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "messages[0].content", "invalid_type")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"smell"}]}]}""", "messages[0].content[0].type", "invalid_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"C:\\x.png"}}]}]}""", "messages[0].content[0].image_url.url", "invalid_image_url")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","tool_call_id":"call_1","content":"x"}]}""", "messages[0].role", null)]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"temperature":3}""", "temperature", "decimal_above_max_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"n":0}""", "n", "integer_below_min_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"n":"2"}""", "n", "invalid_type")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":0}""", "max_tokens", "integer_below_min_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"stop":["1","2","3","4","5"]}""", "stop", "invalid_array_length")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"top_logprobs":2}""", "top_logprobs", null)]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"stream_options":{"include_usage":true}}""", "stream_options", null)]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"tool_choice":"required"}""", "tool_choice", null)]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"yaml"}}""", "response_format.type", "invalid_value")]
    public async Task Chat_InvalidRequest_IsRefusedWithItsParameter(string body, string? param, string? code)
    {
        JsonElement error = await FailAsync(400, Path, body);

        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("{\"model\":")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"model\":\"\\ud800\"}")]
    public async Task Chat_MalformedBody_IsRefused(string body)
    {
        JsonElement error = await FailAsync(400, Path, body);

        Assert.Contains("could not parse the JSON body", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_UnknownField_IsAccepted()
    {
        Assert.Equal("You said: hi", ContentOf(await AskChatAsync("hi", ""","seen":42""")));
    }

    [Theory]
    [InlineData("missing-model")]
    [InlineData("no-such-model")]
    public async Task Chat_MissingModel_IsNotFound(string model)
    {
        JsonElement error = await FailAsync(404, Path, $$"""{"model":"{{model}}","messages":[{"role":"user","content":"x"}]}""");

        Assert.Equal("model_not_found", error.GetProperty("code").GetString());
    }

    private static JsonElement Delta(JsonElement chunk) => chunk.GetProperty("choices")[0].GetProperty("delta");
}
