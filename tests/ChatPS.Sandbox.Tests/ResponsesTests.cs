using System.Net;
using System.Text.Json;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Sandbox.Tests;

public sealed class ResponsesTests : SandboxTest
{
    private const string Path = "/v1/responses";

    [Theory]
    [InlineData("")]
    [InlineData(""","reasoning":{"effort":"low","summary":"auto"}""")]
    [InlineData(""","tools":[{"type":"function","name":"lookup","parameters":{"type":"object"},"strict":false}]""")]
    [InlineData(""","max_output_tokens":1""")]
    [InlineData(""","include":["message.output_text.logprobs"],"top_logprobs":2""")]
    [InlineData(""","tools":[{"type":"web_search"},{"type":"file_search","vector_store_ids":["vs_1"]},{"type":"code_interpreter","container":{"type":"auto"}},{"type":"image_generation"}],"include":["web_search_call.action.sources","file_search_call.results","code_interpreter_call.outputs"]""")]
    public async Task Response_Always_FitsTheOfficialDescription(string more)
    {
        JsonElement response = await AskAsync(Path, Ask("call lookup, use web_search, use file_search, use code_interpreter and use image_generation", more));

        Assert.Empty(OpenApiDescription.Official.Validate("Response", response.GetRawText()));
    }

    [Theory]
    [InlineData("use web_search", "web_search_call")]
    [InlineData("Call web_search", "web_search_call")]
    [InlineData("call code_execution", "code_interpreter_call")]
    [InlineData("use code_interpreter", "code_interpreter_call")]
    [InlineData("web_search", "message")]
    public async Task Response_ToolOfTheService_RunsWhereThePromptAsksForIt(string prompt, string type)
    {
        JsonElement response = await AskAsync(Path, Ask(prompt, ""","tools":[{"type":"web_search"},{"type":"code_interpreter","container":{"type":"auto"}}]"""));

        Assert.Equal(type, Type(response.GetProperty("output")[0]));
    }

    [Fact]
    public async Task Stream_Events_FitTheOfficialDescription()
    {
        List<string> events = await StreamAsync(Path, Ask("use web_search", ""","stream":true,"reasoning":{"summary":"auto"},"tools":[{"type":"web_search"}]"""));

        Assert.All(events, data => Assert.Empty(OpenApiDescription.Official.Validate("ResponseStreamEvent", data)));
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(data => Parse(data).GetProperty("sequence_number").GetInt32()));
        Assert.Equal("You said: use web_search", string.Concat(events.Select(Parse).Where(data => Type(data) == "response.output_text.delta").Select(data => data.GetProperty("delta").GetString())));
        Assert.Equal("response.completed", Type(Parse(events[^1])));
    }

    [Theory]
    [InlineData("""{"model":"m"}""", "input", "missing_required_parameter")]
    [InlineData("""{"model":"m","input":"a","messages":[]}""", "messages", "unsupported_parameter")]
    [InlineData("""{"model":"m","input":"a","max_tokens":5}""", "max_tokens", "unsupported_parameter")]
    [InlineData("""{"model":"m","input":"a","n":2}""", "n", "unknown_parameter")]
    [InlineData("""{"model":"m","input":[{"role":"robot","content":"a"}]}""", "input[0].role", "invalid_value")]
    [InlineData("""{"model":"m","input":[{"type":"robot"}]}""", "input[0].type", "invalid_value")]
    [InlineData("""{"model":"m","input":[{"role":"user","content":[{"type":"text","text":"a"}]}]}""", "input[0].content[0].type", "invalid_value")]
    [InlineData("""{"model":"m","input":"a","tools":[{"type":"function","function":{"name":"f"}}]}""", "tools[0].name", "missing_required_parameter")]
    [InlineData("""{"model":"m","input":"a","tools":[{"type":"file_search"}]}""", "tools[0].vector_store_ids", "missing_required_parameter")]
    [InlineData("""{"model":"m","input":"a","tools":[{"type":"mcp","server_label":"x"}]}""", "tools[0].server_url", "missing_required_parameter")]
    [InlineData("""{"model":"m","input":"a","previous_response_id":"resp_none"}""", "previous_response_id", "previous_response_not_found")]
    [InlineData("""{"model":"m","input":"a","previous_response_id":"resp_1","conversation":"conv_1"}""", "previous_response_id", "mutually_exclusive_parameters")]
    [InlineData("""{"model":"m","input":"a","text":{"format":{"type":"json_schema","name":"x"}}}""", "text.format.schema", "missing_required_parameter")]
    [InlineData("""{"model":"m","input":"a","text":{"format":{"type":"json_object"}}}""", "input", null)]
    [InlineData("""{"model":"m","input":"a","background":true,"store":false}""", "background", null)]
    [InlineData("""{"model":"m","input":[{"type":"function_call_output","call_id":"c","output":"x"}]}""", "input", null)]
    public async Task Request_ThatIsWrong_IsRefused(string body, string param, string? code)
    {
        JsonElement error = await FailAsync(400, Path, body);

        Assert.Equal((param, code), (error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task PreviousResponse_ItemSentAgain_IsRefused()
    {
        JsonElement first = await AskAsync(Path, Ask("one"));
        string item = first.GetProperty("output")[0].GetRawText();

        JsonElement error = await FailAsync(400, Path, $$"""{"model":"m","previous_response_id":"{{Id(first)}}","input":[{{item}},{"role":"user","content":"two"}]}""");

        Assert.Contains("Duplicate item", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PreviousResponse_CallOfATool_CanBeAnswered()
    {
        JsonElement call = await AskAsync(Path, Ask("call lookup", ""","tools":[{"type":"function","name":"lookup"}]"""));
        string id = call.GetProperty("output")[0].GetProperty("call_id").GetString()!;

        JsonElement answer = await AskAsync(Path, $$"""{"model":"m","previous_response_id":"{{Id(call)}}","input":[{"type":"function_call_output","call_id":"{{id}}","output":"42"}]}""");

        Assert.Equal("The tool answered: 42", Text(answer));
    }

    [Fact]
    public async Task Background_Response_ComesOverSeveralLooks()
    {
        JsonElement begun = await AskAsync(Path, Ask("one", ""","background":true"""));

        JsonElement second = await GetAsync($"{Path}/{Id(begun)}");
        JsonElement third = await GetAsync($"{Path}/{Id(begun)}");

        Assert.Equal(["queued", "in_progress", "completed"], new[] { begun, second, third }.Select(response => response.GetProperty("status").GetString()));
        Assert.Equal("You said: one", Text(third));
        Assert.Equal(0, second.GetProperty("output").GetArrayLength());
    }

    [Fact]
    public async Task Cancel_BackgroundResponse_StaysCancelled()
    {
        JsonElement begun = await AskAsync(Path, Ask("one", ""","background":true"""));

        JsonElement cancelled = await AskAsync($"{Path}/{Id(begun)}/cancel", "{}");

        Assert.Equal("cancelled", cancelled.GetProperty("status").GetString());
        Assert.Equal("cancelled", (await GetAsync($"{Path}/{Id(begun)}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Cancel_WhatIsNotInTheBackground_IsRefused()
    {
        JsonElement whole = await AskAsync(Path, Ask("one"));

        Assert.Contains("synchronous", (await FailAsync(400, $"{Path}/{Id(whole)}/cancel", "{}")).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InputItems_Pages_HoldTogether()
    {
        JsonElement response = await AskAsync(Path, """{"model":"m","input":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]}""");

        JsonElement newest = await GetAsync($"{Path}/{Id(response)}/input_items?limit=2");
        JsonElement rest = await GetAsync($"{Path}/{Id(response)}/input_items?limit=2&after={newest.GetProperty("last_id").GetString()}");

        Assert.Empty(OpenApiDescription.Official.Validate("ResponseItemList", newest.GetRawText()));
        Assert.True(newest.GetProperty("has_more").GetBoolean());
        Assert.False(rest.GetProperty("has_more").GetBoolean());
        Assert.Equal(["c", "b", "a"], newest.GetProperty("data").EnumerateArray().Concat(rest.GetProperty("data").EnumerateArray()).Select(item => item.GetProperty("content")[0].GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","store":false""")]
    public async Task Delete_Response_IsGone(string more)
    {
        JsonElement response = await AskAsync(Path, Ask("one", more));

        using HttpResponseMessage deleted = await Client.DeleteAsync(Address($"{Path}/{Id(response)}"));

        Assert.Equal(more.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.NotFound, deleted.StatusCode);
        await GetAsync($"{Path}/{Id(response)}", 404);
    }

    [Fact]
    public async Task InputTokens_Request_IsCountedAndNotAnswered()
    {
        JsonElement count = await AskAsync($"{Path}/input_tokens", Ask("one two three"));

        Assert.Empty(OpenApiDescription.Official.Validate("TokenCountsResource", count.GetRawText()));
        Assert.Equal(3, count.GetProperty("input_tokens").GetInt32());
    }

    [Fact]
    public async Task Rule_Prompt_IsThatOfTheLastUserMessage()
    {
        Start(new SandboxOptions { Rules = [new SandboxRule { Prompt = "second", Response = "scripted" }] });

        JsonElement response = await AskAsync(Path, """{"model":"m","input":[{"role":"user","content":"first"},{"role":"user","content":[{"type":"input_text","text":"second"}]}]}""");

        Assert.Equal("scripted", Text(response));
        Assert.Equal("second", Server.GetRequests()[^1].Prompt);
    }

    private static string Ask(string prompt, string more = "") => $$"""{"model":"sandbox-mini","input":{{JsonSerializer.Serialize(prompt)}}{{more}}}""";

    private static string Id(JsonElement response) => response.GetProperty("id").GetString()!;

    private static string Type(JsonElement data) => data.GetProperty("type").GetString()!;

    private static string Text(JsonElement response) => response.GetProperty("output").EnumerateArray().Last().GetProperty("content")[0].GetProperty("text").GetString()!;

    private async Task<JsonElement> GetAsync(string path, int status = 200)
    {
        using HttpResponseMessage response = await Client.GetAsync(Address(path));
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, text);
        return Parse(text);
    }
}
