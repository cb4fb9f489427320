using System.Text.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Tests;

public sealed class GeminiTests : SandboxTest
{
    private const string Path = "/v1beta/models/gemini-x:generateContent";
    private const string StreamPath = "/v1beta/models/gemini-x:streamGenerateContent?alt=sse";

    private const string Tools = """
        ,"tools":[{"functionDeclarations":[{"name":"get_weather","parametersJsonSchema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}},{"name":"now"}]}]
        """;

    [Fact]
    public async Task Generate_UserMessage_IsEchoedInGooglesForm()
    {
        JsonElement answer = await AskAsync(Path, Ask("Hello!", ""","systemInstruction":{"parts":[{"text":"Be brief."}]}"""));

        JsonElement candidate = answer.GetProperty("candidates")[0];
        Assert.Equal("You said: Hello!", TextOf(answer));
        Assert.Equal("model", candidate.GetProperty("content").GetProperty("role").GetString());
        Assert.Equal("STOP", candidate.GetProperty("finishReason").GetString());
        Assert.Equal("gemini-x", answer.GetProperty("modelVersion").GetString());
        JsonElement usage = answer.GetProperty("usageMetadata");
        Assert.Equal((5, 5, 10), (usage.GetProperty("promptTokenCount").GetInt32(), usage.GetProperty("candidatesTokenCount").GetInt32(), usage.GetProperty("totalTokenCount").GetInt32()));
    }

    [Fact]
    public async Task Stream_Candidates_TakeTurnsWithoutEndMark()
    {
        List<string> events = await StreamAsync(StreamPath, Ask("hi", ""","generationConfig":{"candidateCount":2}"""));

        JsonElement[] chunks = [.. events.Select(Parse)];
        Assert.All(chunks, chunk => Assert.Single(chunk.GetProperty("candidates").EnumerateArray()));
        Assert.Equal([0, 1], chunks.Take(2).Select(chunk => chunk.GetProperty("candidates")[0].GetProperty("index").GetInt32()));
        Assert.Equal(2, chunks.Count(chunk => chunk.GetProperty("candidates")[0].TryGetProperty("finishReason", out _)));
        Assert.True(chunks[^1].GetProperty("usageMetadata").TryGetProperty("candidatesTokenCount", out _));
    }

    [Fact]
    public async Task Stream_WithoutAltSse_IsAnArray()
    {
        using HttpResponseMessage response = await PostAsync("/v1beta/models/gemini-x:streamGenerateContent", Ask("one two"));

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("You said: one two", string.Concat(Parse(await response.Content.ReadAsStringAsync()).EnumerateArray().Select(TextOf)));
    }

    [Fact]
    public async Task Generate_PromptNamesFunction_CallsItAndHearsTheAnswer()
    {
        JsonElement answer = await AskAsync(Path, Ask("please call get_weather", Tools));

        JsonElement call = answer.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0].GetProperty("functionCall");
        Assert.Equal("get_weather", call.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.String, call.GetProperty("args").GetProperty("city").ValueKind);
        JsonElement second = await AskAsync(Path, $$$"""
            {"contents":[{"parts":[{"text":"x"}]},{"role":"model","parts":[{"functionCall":{{{call.GetRawText()}}} }]},
              {"role":"user","parts":[{"functionResponse":{"name":"get_weather","response":{"output":"rain"} } }]}]{{{Tools}}} }
            """);
        Assert.Equal("The tool answered: rain", TextOf(second));
    }

    [Theory]
    [InlineData(""","toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["now"]}}""", "now")]
    [InlineData(""","toolConfig":{"functionCallingConfig":{"mode":"NONE"}}""", null)]
    public async Task Generate_CallingMode_IsObeyed(string config, string? called)
    {
        JsonElement part = (await AskAsync(Path, Ask("call get_weather", Tools + config))).GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0];

        Assert.Equal(called, part.TryGetProperty("functionCall", out JsonElement call) ? call.GetProperty("name").GetString() : null);
    }

    [Fact]
    public async Task Generate_SchemaSearchAndThoughts_AreAnswered()
    {
        JsonElement typed = await AskAsync(Path, Ask("x", ""","generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}}"""));
        JsonElement thought = await AskAsync(Path, Ask("use google_search", ""","generationConfig":{"thinkingConfig":{"thinkingLevel":"low","includeThoughts":true}},"tools":[{"googleSearch":{}}]"""));

        Assert.Equal(JsonValueKind.Number, Parse(TextOf(typed)).GetProperty("n").ValueKind);
        Assert.True(thought.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0].GetProperty("thought").GetBoolean());
        Assert.Equal("use google_search", thought.GetProperty("candidates")[0].GetProperty("groundingMetadata").GetProperty("webSearchQueries")[0].GetString());
    }

    [Theory]
    [InlineData("use web_search", true, false, false)]
    [InlineData("call googleSearch", true, false, false)]
    [InlineData("Use code_interpreter and call code_execution", false, true, false)]
    [InlineData("use codeExecution and use url_context", false, true, true)]
    [InlineData("call web_fetch", false, false, true)]
    [InlineData("hello", false, false, false)]
    public async Task Generate_ToolOfTheService_RunsWhereThePromptAsksForIt(string prompt, bool searches, bool runs, bool fetches)
    {
        JsonElement candidate = (await AskAsync(Path, Ask(prompt, ""","tools":[{"googleSearch":{}},{"codeExecution":{}},{"urlContext":{}}]"""))).GetProperty("candidates")[0];

        Assert.Equal(
            (searches, runs, fetches),
            (candidate.TryGetProperty("groundingMetadata", out _), candidate.GetProperty("content").GetProperty("parts")[0].TryGetProperty("executableCode", out _), candidate.TryGetProperty("urlContextMetadata", out _)));
    }

    [Theory]
    [InlineData("""{"contents":[]}""", "contents is not specified")]
    [InlineData("""{"contents":[{"role":"assistant","parts":[{"text":"x"}]}]}""", "valid role")]
    [InlineData("""{"contents":[{"parts":[]}]}""", "must not be empty")]
    [InlineData("""{"contents":[{"parts":[{}]}]}""", "oneof")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"messages":[]}""", "Unknown name \"messages\"")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"max_tokens":1}}""", "Unknown name \"max_tokens\" at 'generation_config'")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"temperature":3}}""", "temperature")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"responseJsonSchema":{}}}""", "response_mime_type")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"logprobs":1}}""", "response_logprobs")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"thinkingConfig":{"thinkingBudget":1,"thinkingLevel":"low"}}}""", "only one")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{},"responseSchema":{}}}""", "Only one")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"continuationToken":"?"}""", "Base64")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"continuationToken":"YWJj"}""", "not valid")]
    [InlineData("""{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"?"}}]}]}""", "Base64")]
    [InlineData("""{"contents":[{"role":"model","parts":[{"functionCall":{"name":"f"}}]},{"parts":[{"text":"x"}]}]}""", "function response parts")]
    public async Task Generate_BadRequest_IsRefusedAsGoogleDoes(string request, string message)
    {
        JsonElement error = await RefuseAsync(400, Path, request);

        Assert.Equal((400, "INVALID_ARGUMENT"), (error.GetProperty("code").GetInt32(), error.GetProperty("status").GetString()));
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_Pause_ComesWithATokenForTheRest()
    {
        JsonElement first = (await AskAsync(Path, Ask("say it and pause"))).GetProperty("candidates")[0];
        string token = first.GetProperty("continuationToken").GetString()!;
        JsonElement second = await AskAsync(Path, Ask("say it and pause", $",\"continuationToken\":\"{token}\""));

        Assert.Equal("CONTINUATION", first.GetProperty("finishReason").GetString());
        Assert.Equal("STOP", second.GetProperty("candidates")[0].GetProperty("finishReason").GetString());
        Assert.Equal("You said: say it and pause", first.GetProperty("content").GetProperty("parts")[0].GetProperty("text").GetString() + TextOf(second));
    }

    [Theory]
    [InlineData("\"thinkingLevel\":\"HIGH\"", 200, "MISSING_THOUGHT_SIGNATURE")]
    [InlineData("\"thinkingBudget\":1024", 400, "missing a thought_signature")]
    public async Task Generate_CallWithoutItsSignature_IsNotGoneOnWith(string thinking, int status, string expected)
    {
        using HttpResponseMessage response = await PostAsync(Path, $$$"""
            {"contents":[{"role":"user","parts":[{"text":"call get_weather"}]},{"role":"model","parts":[{"functionCall":{"name":"get_weather"} }]},
              {"role":"user","parts":[{"functionResponse":{"name":"get_weather","response":{} } }]}],"generationConfig":{"thinkingConfig":{ {{{thinking}}} } }{{{Tools}}} }
            """);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"contents":[{"parts":[{"text":"one two"}]}]}""", "{\"totalTokens\":2}")]
    [InlineData("""{"generateContentRequest":{"model":"models/gemini-x","contents":[{"parts":[{"text":"one two"}]}],"systemInstruction":{"parts":[{"text":"Be brief."}]}}}""", "{\"totalTokens\":5}")]
    public async Task CountTokens_Request_IsCountedAndNotAnswered(string request, string expected) =>
        Assert.Equal(expected, (await AskAsync("/v1beta/models/gemini-x:countTokens", request)).GetRawText());

    [Fact]
    public async Task Generate_MissingModel_IsNotFound() =>
        Assert.Equal("NOT_FOUND", (await RefuseAsync(404, "/v1beta/models/missing:generateContent", Ask("x"))).GetProperty("status").GetString());

    [Fact]
    public async Task Generate_Recorded_KnowsModelPromptAndStream()
    {
        await StreamAsync(StreamPath, Ask("hello"));

        SandboxRequest request = Assert.Single(Server.GetRequests());
        Assert.Equal(("gemini-x", "hello", true), (request.Model, request.Prompt, request.Stream));
    }

    [Fact]
    public async Task Rule_WithText_IsTheAnswer()
    {
        Start(new SandboxOptions { Rules = [new SandboxRule { Model = "gemini-*", Prompt = "*weather*", Response = "Sunny." }] });

        Assert.Equal("Sunny.", TextOf(await AskAsync(Path, Ask("the weather?"))));
    }

    private static string Ask(string prompt, string more = "") =>
        $$$"""{"contents":[{"role":"user","parts":[{"text":{{{JsonSerializer.Serialize(prompt)}}} }]}]{{{more}}} }""";

    private static string TextOf(JsonElement answer) => answer.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0].GetProperty("text").GetString()!;

    private async Task<JsonElement> RefuseAsync(int status, string path, string json)
    {
        using HttpResponseMessage response = await PostAsync(path, json);
        Assert.Equal(status, (int)response.StatusCode);
        return Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
    }
}
