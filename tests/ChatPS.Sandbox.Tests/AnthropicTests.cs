using System.Net;
using System.Text.Json;

namespace ChatPS.Sandbox.Tests;

public sealed class AnthropicTests : SandboxTest
{
    private const string User = """{"role":"user","content":"hi"}""";
    private const string Called = """{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"get","input":{}}]}""";
    private const string Tool = """{"name":"get","input_schema":{"type":"object"}}""";

    public AnthropicTests() => Client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");

    [Fact]
    public async Task Messages_Prompt_IsAnsweredInOfficialForm()
    {
        JsonElement answer = await AskAsync("/v1/messages", Body(User, ""","system":"Be brief." """));

        Assert.Equal(
            """{"id":"msg-sandbox-000001","type":"message","role":"assistant","model":"claude-test","content":[{"type":"text","text":"You said: hi"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":4,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":4,"output_tokens_details":{"thinking_tokens":0},"service_tier":"standard"}}""",
            answer.GetRawText());
    }

    [Fact]
    public async Task Messages_Stream_HasNamedEventsAndNoEndMark()
    {
        using HttpResponseMessage response = await PostAsync("/v1/messages", Body(User, ""","stream":true"""));
        string text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            ["message_start", "content_block_start", "ping", "content_block_delta", "content_block_delta", "content_block_delta", "content_block_delta", "content_block_stop", "message_delta", "message_stop"],
            text.Split('\n').Where(line => line.StartsWith("event: ", StringComparison.Ordinal)).Select(line => line[7..]));
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model":"m","max_tokens":9}""", "messages: Field required")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}]}""", "max_tokens: Field required")]
    [InlineData("""{"max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", "model: Field required")]
    [InlineData("""{"model":"m","max_tokens":9,"messages":[]}""", "messages: at least one message is required")]
    public async Task Messages_MissingMember_IsRefused(string body, string message) => await AssertRefusedAsync(body, message);

    [Theory]
    [InlineData("temperature\":1.5", "temperature: Input should be less than or equal to 1")]
    [InlineData("temperature\":\"hot\"", "temperature: Input should be a valid number")]
    [InlineData("n\":2", "n: Extra inputs are not permitted")]
    [InlineData("top_k\":1.5", "top_k: Input should be a valid integer")]
    [InlineData("stop_sequences\":[\" \"]", "each stop sequence must contain non-whitespace")]
    [InlineData("thinking\":{\"type\":\"enabled\",\"budget_tokens\":10}", "thinking.budget_tokens: Input should be greater than or equal to 1024")]
    [InlineData("thinking\":{\"type\":\"enabled\",\"budget_tokens\":99999}", "`max_tokens` must be greater than `thinking.budget_tokens`.")]
    [InlineData("temperature\":0.5,\"thinking\":{\"type\":\"adaptive\"}", "`temperature` may only be set to 1 when thinking is enabled.")]
    [InlineData("top_k\":5,\"thinking\":{\"type\":\"adaptive\"}", "`top_k` must be unset when thinking is enabled.")]
    [InlineData("output_config\":{\"effort\":\"minimal\"}", "output_config.effort: Input should be 'low'")]
    [InlineData("output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"integer\",\"minimum\":1}}}", "For 'integer' type, property 'minimum' is not supported")]
    [InlineData("output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}", "'additionalProperties' must be explicitly set to false")]
    [InlineData("tool_choice\":{\"type\":\"auto\"}", "tool_choice may only be specified while providing tools.")]
    [InlineData("tools\":[{\"name\":\"a b\",\"input_schema\":{\"type\":\"object\"}}]", "String should match pattern")]
    [InlineData("tools\":[{\"name\":\"a\"}]", "tools.0.input_schema: Field required")]
    [InlineData("tools\":[{\"type\":\"function\",\"name\":\"a\"}]", "Input tag 'function'")]
    [InlineData("service_tier\":\"flex\"", "service_tier: Input should be 'auto' or 'standard_only'")]
    [InlineData("metadata\":{\"run\":\"1\"}", "metadata.run: Extra inputs are not permitted")]
    [InlineData("system\":[{\"type\":\"image\"}]", "system.0.type: Input should be 'text'")]
    public async Task Messages_WrongMember_IsRefused(string member, string message) => await AssertRefusedAsync(Body(User, ",\"" + member), message);

    [Theory]
    [InlineData("""{"role":"system","content":"hi"}""", "Unexpected role")]
    [InlineData("""{"role":"user","content":""}""", "must have non-empty content")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":""}]}""", "text content blocks must be non-empty")]
    [InlineData("""{"role":"user","content":[{"type":"input_audio"}]}""", "messages.0.content.0.type: Input should be")]
    [InlineData("""{"role":"user","content":[{"type":"image","source":{"type":"url","url":"http://a.b"}}]}""", "Only HTTPS URLs are supported.")]
    [InlineData("""{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/bmp","data":""}}]}""", "media_type")]
    [InlineData("""{"role":"user","content":[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"?"}}]}""", "valid base64")]
    [InlineData(User + "," + Called + "," + User, "without `tool_result` blocks immediately after: t1")]
    [InlineData(User + """,{"role":"user","content":[{"type":"tool_result","tool_use_id":"t9"}]}""", "unexpected `tool_use_id`")]
    [InlineData(User + "," + Called + """,{"role":"user","content":[{"type":"text","text":"x"},{"type":"tool_result","tool_use_id":"t1"}]}""", "must come first")]
    [InlineData(User + """,{"role":"assistant","content":[{"type":"thinking","thinking":"x","signature":"forged"},{"type":"text","text":"y"}]}""", "Invalid `signature` in `thinking` block")]
    [InlineData(User + """,{"role":"assistant","content":[{"type":"text","text":"x "}]}""", "trailing whitespace")]
    public async Task Messages_WrongConversation_IsRefused(string messages, string message) => await AssertRefusedAsync(Body(messages, $",\"tools\":[{Tool}]"), message);

    [Fact]
    public async Task Messages_ThinkingWithoutThoughtsBeforeCalls_IsRefused() => await AssertRefusedAsync(
        Body(User + "," + Called + """,{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"x"}]}""", $",\"tools\":[{Tool}],\"thinking\":{{\"type\":\"adaptive\"}}"),
        "Expected `thinking` or `redacted_thinking`, but found `tool_use`");

    [Theory]
    [InlineData("temperature\":1", "temperature: Extra inputs are not permitted")]
    [InlineData("top_p\":1", "top_p: Extra inputs are not permitted")]
    [InlineData("top_k\":1", "top_k: Extra inputs are not permitted")]
    public async Task Messages_SamplingInTheNewVersion_IsRefused(string member, string message)
    {
        UseNewVersion();

        await AssertRefusedAsync(Body(User, ",\"" + member), message);
    }

    [Theory]
    [InlineData(User + """,{"role":"assistant","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"x"}}]}""", "Input tag 'document'")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"x","citations":[{"type":"char_location"}]}]}""", "citations: Extra inputs are not permitted")]
    public async Task Messages_BlockInTheNewVersion_IsRefused(string messages, string message)
    {
        using HttpResponseMessage old = await PostAsync("/v1/messages", Body(messages));
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        UseNewVersion();

        await AssertRefusedAsync(Body(messages), message);
    }

    [Theory]
    [InlineData("sandbox-adaptive", "{\"type\":\"enabled\",\"budget_tokens\":1024}", "thinking.type.enabled")]
    [InlineData("sandbox-budget", "{\"type\":\"adaptive\"}", "adaptive thinking is not supported")]
    public async Task Messages_WayToThinkThatTheModelHasNot_IsRefused(string model, string thinking, string message) =>
        await AssertRefusedAsync(Body(User, ",\"thinking\":" + thinking).Replace("claude-test", model, StringComparison.Ordinal), message);

    [Fact]
    public async Task Messages_ThoughtsThatWereChanged_AreRefused()
    {
        JsonElement answer = await AskAsync("/v1/messages", Body(User, ",\"thinking\":{\"type\":\"adaptive\"}"));
        string content = answer.GetProperty("content").GetRawText();

        using HttpResponseMessage unchanged = await PostAsync("/v1/messages", Body($"{User},{{\"role\":\"assistant\",\"content\":{content}}},{User}"));
        Assert.Equal(HttpStatusCode.OK, unchanged.StatusCode);
        await AssertRefusedAsync(Body($"{User},{{\"role\":\"assistant\",\"content\":{content.Replace("I am asked", "I was asked", StringComparison.Ordinal)}}},{User}"), "cannot be modified");
    }

    [Fact]
    public async Task Messages_Pause_EndsWithACallWhoseResultComesNext()
    {
        const string Asked = """{"role":"user","content":"use code_execution and pause"}""";
        const string Tools = ""","tools":[{"type":"code_execution_20250825","name":"code_execution"}]""";

        JsonElement paused = await AskAsync("/v1/messages", Body(Asked, Tools));
        string messages = $"{Asked},{{\"role\":\"assistant\",\"content\":{paused.GetProperty("content").GetRawText()}}}";
        JsonElement whole = await AskAsync("/v1/messages", Body(messages, Tools + ""","container":"container_sandbox" """));

        Assert.Equal(("pause_turn", "container_sandbox"), (paused.GetProperty("stop_reason").GetString(), paused.GetProperty("container").GetProperty("id").GetString()));
        Assert.Equal("end_turn", whole.GetProperty("stop_reason").GetString());
        Assert.Equal(paused.GetProperty("content")[0].GetProperty("id").GetString(), whole.GetProperty("content")[0].GetProperty("tool_use_id").GetString());
        await AssertRefusedAsync(Body(messages, Tools), "container: Field required");
    }

    [Fact]
    public async Task CountTokens_Request_IsCountedAndNotAnswered()
    {
        JsonElement count = await AskAsync("/v1/messages/count_tokens", """{"model":"claude-test","messages":[{"role":"user","content":"one two"}],"system":"Be brief."}""");
        using HttpResponseMessage refused = await PostAsync("/v1/messages/count_tokens", Body(User));

        Assert.Equal("""{"input_tokens":5}""", count.GetRawText());
        Assert.Contains("max_tokens: Extra inputs are not permitted", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_ToolNamedInThePrompt_IsCalled()
    {
        JsonElement answer = await AskAsync("/v1/messages", Body("""{"role":"user","content":[{"type":"text","text":"call get"}]}""", $",\"tools\":[{Tool}]"));

        JsonElement block = Assert.Single(answer.GetProperty("content").EnumerateArray());
        Assert.Equal("""{"type":"tool_use","id":"toolu_sandbox_000001_0_0","name":"get","input":{}}""", block.GetRawText());
        Assert.Equal("tool_use", answer.GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Messages_WithoutVersion_AreRefused()
    {
        Client.DefaultRequestHeaders.Remove("anthropic-version");

        await AssertRefusedAsync(Body(User), "anthropic-version: header is required");
    }

    [Theory]
    [InlineData("use web_search", "", "server_tool_use")]
    [InlineData("call web_search", "", "server_tool_use")]
    [InlineData("hello", ""","tool_choice":{"type":"tool","name":"web_search"}""", "server_tool_use")]
    [InlineData("use web_search", ""","tool_choice":{"type":"none"}""", "text")]
    [InlineData("web_search", "", "text")]
    public async Task Messages_ToolOfTheService_RunsWhereThePromptAsksForIt(string prompt, string choice, string type)
    {
        string message = $$"""{"role":"user","content":"{{prompt}}"}""";

        JsonElement answer = await AskAsync("/v1/messages", Body(message, ""","tools":[{"type":"web_search_20250305","name":"web_search"}]""" + choice));

        Assert.Equal(type, answer.GetProperty("content")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Messages_UnknownModel_IsNotFound() => await AssertRefusedAsync(Body(User).Replace("claude-test", "missing-1", StringComparison.Ordinal), "model: missing-1", 404, "not_found_error");

    [Theory]
    [InlineData(401, "authentication_error")]
    [InlineData(403, "permission_error")]
    [InlineData(429, "rate_limit_error")]
    [InlineData(500, "api_error")]
    [InlineData(529, "overloaded_error")]
    public async Task Messages_Fault_IsInTheServicesForm(int status, string type)
    {
        Start(new SandboxOptions { Faults = [new SandboxFault { StatusCode = status }] });

        await AssertRefusedAsync(Body(User), "", status, type);
    }

    [Fact]
    public async Task Models_Pages_FollowEachOther()
    {
        Start(new SandboxOptions { Models = ["a", "b", "c"] });

        JsonElement first = await GetAsync("/v1/models?limit=2");
        JsonElement second = await GetAsync("/v1/models?limit=2&after_id=b");
        JsonElement before = await GetAsync("/v1/models?limit=1&before_id=c");

        Assert.Equal(("a", "b", true), (first.GetProperty("first_id").GetString(), first.GetProperty("last_id").GetString(), first.GetProperty("has_more").GetBoolean()));
        Assert.Equal(("c", false), (second.GetProperty("last_id").GetString(), second.GetProperty("has_more").GetBoolean()));
        Assert.Equal(("b", true), (before.GetProperty("last_id").GetString(), before.GetProperty("has_more").GetBoolean()));
        Assert.StartsWith(
            """{"type":"model","id":"b","display_name":"B","created_at":"2023-11-14T22:13:21Z","lifecycle":"active","line":null,"deprecated_at":null,"retires_at":null,"max_input_tokens":200000,"max_tokens":64000,"capabilities":{""",
            (await GetAsync("/v1/models/b")).GetRawText(),
            StringComparison.Ordinal);
        using HttpResponseMessage missing = await Client.GetAsync(Address("/v1/models/d"));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private void UseNewVersion()
    {
        Client.DefaultRequestHeaders.Remove("anthropic-version");
        Client.DefaultRequestHeaders.Add("anthropic-version", "2026-10-21");
    }

    private static string Body(string messages, string more = "") => $$"""{"model":"claude-test","max_tokens":2000,"messages":[{{messages}}]{{more}}}""";

    private async Task<JsonElement> GetAsync(string path) => Parse(await Client.GetStringAsync(Address(path)));

    private async Task AssertRefusedAsync(string body, string message, int status = 400, string type = "invalid_request_error")
    {
        using HttpResponseMessage response = await PostAsync("/v1/messages", body);
        string text = await response.Content.ReadAsStringAsync();

        Assert.True(status == (int)response.StatusCode, text);
        JsonElement answer = Parse(text);
        Assert.Equal("error", answer.GetProperty("type").GetString());
        Assert.Equal(type, answer.GetProperty("error").GetProperty("type").GetString());
        Assert.Contains(message, answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
