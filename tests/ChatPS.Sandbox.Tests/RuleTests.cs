using System.Collections;
using System.Text.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Tests;

public sealed class RuleTests : SandboxTest
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task Rules_FirstMatch_Wins()
    {
        Start(new SandboxOptions
        {
            Rules =
            [
                new SandboxRule { Prompt = "*weather*", Model = "big-*", Response = "Stormy." },
                new SandboxRule { Prompt = "*WEATHER?", Response = "Sunny." },
                new SandboxRule { Path = "*/completions", Prompt = "secret", Response = "Never." },
            ],
        });

        Assert.Equal("Sunny.", ContentOf(await AskChatAsync("How is the weather?")));
        Assert.Equal("Stormy.", ContentOf(await AskAsync(Path, """{"model":"big-1","messages":[{"role":"user","content":"weather"}]}""")));
        Assert.Equal("You said: hello", ContentOf(await AskChatAsync("hello")));
    }

    [Fact]
    public async Task Rules_Text_IsCountedAndStreamed()
    {
        Start(new SandboxOptions { Rules = [new SandboxRule { Response = "Four words in all" }] });

        JsonElement answer = await AskChatAsync("x", ""","max_tokens":2""");
        List<string> events = await StreamAsync(Path, Chat("x", ""","stream":true"""));

        Assert.Equal("Four words", ContentOf(answer));
        Assert.Equal(1 + 4 + 1 + 1, events.Count);
    }

    [Fact]
    public async Task Rules_WithoutPath_LeaveModelsAndModerationsAlone()
    {
        Start(new SandboxOptions { Rules = [new SandboxRule { Prompt = "*", Response = "Yes." }] });

        JsonElement models = Parse(await Client.GetStringAsync(Address("/v1/models")));
        JsonElement moderation = await AskAsync("/v1/moderations", """{"input":"hello"}""");

        Assert.NotEqual(0, models.GetProperty("data").GetArrayLength());
        Assert.False(moderation.GetProperty("results")[0].GetProperty("flagged").GetBoolean());
        Assert.Equal("Yes.", ContentOf(await AskChatAsync("hello")));
    }

    [Fact]
    public async Task Models_OnlyListed_OthersAreRefused()
    {
        Start(new SandboxOptions { Models = ["mine"], RefusesOtherModels = true });

        JsonElement error = await FailAsync(404, Path, Chat("x"));
        JsonElement answer = await AskAsync(Path, """{"model":"mine","messages":[{"role":"user","content":"x"}]}""");

        Assert.Equal("model_not_found", error.GetProperty("code").GetString());
        Assert.Equal("You said: x", ContentOf(answer));
    }

    [Fact]
    public async Task Rules_Status_GoesWithTheUsualAnswer()
    {
        Start(new SandboxOptions { Rules = [new SandboxRule { StatusCode = 202 }] });
        using HttpResponseMessage response = await PostAsync(Path, Chat("x"));

        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal("You said: x", ContentOf(Parse(await response.Content.ReadAsStringAsync())));
    }

    [Fact]
    public async Task Rules_Text_IsStillOnlyForValidRequests()
    {
        Start(new SandboxOptions { Rules = [new SandboxRule { Response = "fine" }] });

        JsonElement error = await FailAsync(400, Path, Chat("x", ""","temperature":3"""));

        Assert.Equal("temperature", error.GetProperty("param").GetString());
    }

    [Fact]
    public async Task Rules_PlainValue_IsTheWholeBody()
    {
        Start(new SandboxOptions
        {
            Rules =
            [
                new SandboxRule
                {
                    Path = "/v1/embeddings",
                    StatusCode = 201,
                    Response = new Hashtable { ["data"] = new object?[] { 1, 2.5, "é", true, null, new Dictionary<string, object?> { ["x"] = 10L } } },
                },
            ],
        });
        using HttpResponseMessage response = await PostAsync("/v1/embeddings", """{"model":"e","input":"x"}""");

        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal("""{"data":[1,2.5,"é",true,null,{"x":10}]}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rules_PlainValueForAStream_IsOneEvent()
    {
        Start(new SandboxOptions { Rules = [new SandboxRule { Response = new Dictionary<string, object?> { ["id"] = "odd" } }] });

        Assert.Equal(["""{"id":"odd"}""", "[DONE]"], await StreamAsync(Path, Chat("x", ""","stream":true""")));
    }

    [Fact]
    public async Task Rules_Function_SeesTheRequest()
    {
        Func<SandboxRequest, object?> answer = request => request.Prompt == "nothing" ? null : $"{request.Method} {request.Model} {request.Prompt}";
        Start(new SandboxOptions { Rules = [new SandboxRule { Response = answer }] });

        Assert.Equal("POST sandbox-mini hi", ContentOf(await AskChatAsync("hi")));
        Assert.Equal("You said: nothing", ContentOf(await AskChatAsync("nothing")));
    }

    [Fact]
    public async Task Rules_FailingFunction_IsAServerError()
    {
        Func<SandboxRequest, object?> answer = _ => throw new InvalidDataException("broken rule");
        Start(new SandboxOptions { Rules = [new SandboxRule { Response = answer }] });

        JsonElement error = await FailAsync(500, Path, Chat("x"));

        Assert.Contains("broken rule", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_ValueThatHoldsItself_IsAServerError()
    {
        ArrayList loop = [];
        loop.Add(loop);
        Start(new SandboxOptions { Rules = [new SandboxRule { Response = loop }] });

        JsonElement error = await FailAsync(500, Path, Chat("x"));

        Assert.Contains("too deeply", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "Slow down.", "Slow down.", "rate_limit_exceeded")]
    [InlineData(401, null, "Incorrect API key provided: ****. Check the key that the request carries.", "invalid_api_key")]
    public async Task Rules_ErrorStatus_GivesAnOfficialError(int status, string? response, string message, string code)
    {
        Start(new SandboxOptions { Rules = [new SandboxRule { StatusCode = status, Response = response }] });

        JsonElement error = await FailAsync(status, Path, Chat("x"));

        Assert.Equal(message, error.GetProperty("message").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Rules_TextElsewhere_IsTheBodyAsItIs()
    {
        Start(new SandboxOptions { Rules = [new SandboxRule { Path = "*/moderations", Response = """{"flagged":false,"blocked":false}""" }] });
        using HttpResponseMessage response = await PostAsync("/backend-api/moderations", """{"input":"x"}""");

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("""{"flagged":false,"blocked":false}""", await response.Content.ReadAsStringAsync());
    }
}
