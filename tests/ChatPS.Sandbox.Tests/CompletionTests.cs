using System.Text.Json;

namespace ChatPS.Sandbox.Tests;

public sealed class CompletionTests : SandboxTest
{
    private const string Path = "/v1/completions";

    [Fact]
    public async Task Completion_SeedDocument_IsAnswered()
    {
        JsonElement answer = await AskAsync(Path, """
            { "model": "text-davinci-003", "max_tokens": 512, "top_p": 1, "temperature": 0.5,
              "frequency_penalty": 0, "presence_penalty": 0, "prompt": "给我讲一个笑话吧" }
            """);

        Assert.Equal("text_completion", answer.GetProperty("object").GetString());
        Assert.Equal("cmpl-sandbox-000001", answer.GetProperty("id").GetString());
        JsonElement choice = Assert.Single(answer.GetProperty("choices").EnumerateArray());
        Assert.Equal("You said: 给我讲一个笑话吧", choice.GetProperty("text").GetString());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("logprobs").ValueKind);
        Assert.Equal(8, answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Fact]
    public async Task Completion_NoMaxTokens_StopsAfterSixteen()
    {
        JsonElement answer = await AskAsync(Path, """{"model":"m","prompt":"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15"}""");

        Assert.Equal("You said: 1 2 3 4 5 6 7 8 9 10 11 12 13", TextOf(answer, 0));
        Assert.Equal("length", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Theory]
    [InlineData("""["a","b"]""", "You said: a", "You said: b")]
    [InlineData("[1,2,3]", "You said: [3 tokens]")]
    [InlineData("[[1,2],[3]]", "You said: [2 tokens]", "You said: [1 token]")]
    public async Task Completion_PromptForms_EachGiveTheirChoices(string prompt, params string[] expected)
    {
        JsonElement answer = await AskAsync(Path, $$"""{"model":"m","prompt":{{prompt}}}""");

        Assert.Equal(expected, answer.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Completion_PromptsTimesN_AreIndexedPromptByPrompt()
    {
        JsonElement answer = await AskAsync(Path, """{"model":"m","prompt":["a","b"],"n":2,"best_of":3}""");

        Assert.Equal(
            ["0 You said: a", "1 You said: a (choice 2)", "2 You said: b", "3 You said: b (choice 2)"],
            answer.GetProperty("choices").EnumerateArray().Select(choice => $"{choice.GetProperty("index")} {choice.GetProperty("text")}"));
    }

    [Fact]
    public async Task Completion_EchoSuffixAndStop_ShapeTheText()
    {
        JsonElement answer = await AskAsync(Path, """{"model":"m","prompt":"Once","echo":true,"suffix":"the end","stop":" end"}""");

        Assert.Equal("OnceYou said: Once (before: the", TextOf(answer, 0));
    }

    [Fact]
    public async Task Completion_LogProbs_CoverTheEchoedTextWithOffsets()
    {
        JsonElement answer = await AskAsync(Path, """{"model":"m","prompt":"Hi you","echo":true,"logprobs":2}""");

        JsonElement logProbs = answer.GetProperty("choices")[0].GetProperty("logprobs");
        string text = TextOf(answer, 0);
        List<string> tokens = logProbs.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!).ToList();
        List<int> offsets = logProbs.GetProperty("text_offset").EnumerateArray().Select(offset => offset.GetInt32()).ToList();
        Assert.Equal(text, string.Concat(tokens));
        Assert.All(tokens.Zip(offsets), pair => Assert.Equal(pair.First, text.Substring(pair.Second, pair.First.Length)));
        Assert.Equal(tokens.Count, logProbs.GetProperty("token_logprobs").GetArrayLength());
        Assert.All(logProbs.GetProperty("top_logprobs").EnumerateArray(), top => Assert.Equal(2, top.EnumerateObject().Count()));
    }

    [Fact]
    public async Task Completion_Stream_SendsPiecesThenFinish()
    {
        List<string> events = await StreamAsync(Path, """{"model":"m","prompt":"hé 好","stream":true,"echo":true,"n":2,"stream_options":{"include_usage":true}}""");

        Assert.Equal("[DONE]", events[^1]);
        Assert.Equal(5 + 9, Parse(events[^2]).GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        List<JsonElement> choices = events.SkipLast(2).Select(chunk => Parse(chunk).GetProperty("choices")[0]).ToList();
        Assert.Equal("hé 好You said: hé 好", string.Concat(choices.Where(choice => choice.GetProperty("index").GetInt32() == 0).Select(choice => choice.GetProperty("text").GetString())));
        Assert.Equal(2, choices.Count(choice => choice.GetProperty("finish_reason").GetString() == "stop"));
    }

    [Theory]
    [InlineData("""{"model":"m"}""", "prompt")]
    [InlineData("""{"prompt":"x"}""", null)]
    [InlineData("""{"model":"m","prompt":{}}""", "prompt")]
    [InlineData("""{"model":"m","prompt":[]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":["a",1]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":"x","logprobs":6}""", "logprobs")]
    [InlineData("""{"model":"m","prompt":"x","n":3,"best_of":2}""", "best_of")]
    [InlineData("""{"model":"m","prompt":"x","n":1,"best_of":2,"stream":true}""", "best_of")]
    [InlineData("""{"model":"m","prompt":"x","max_tokens":-1}""", "max_tokens")]
    [InlineData("""{"model":"m","prompt":"x","logit_bias":{"50256":-101}}""", "logit_bias.50256")]
    public async Task Completion_InvalidRequest_IsRefusedWithItsParameter(string body, string? param)
    {
        JsonElement error = await FailAsync(400, Path, body);

        Assert.Equal(param, error.GetProperty("param").GetString());
    }

    private static string TextOf(JsonElement answer, int index) => answer.GetProperty("choices")[index].GetProperty("text").GetString()!;
}
