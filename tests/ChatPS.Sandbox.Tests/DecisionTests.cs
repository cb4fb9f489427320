using System.Text.Json;

namespace ChatPS.Sandbox.Tests;

public sealed class DecisionTests : SandboxTest
{
    private const string OpenAI = "/v1/decisions";
    private const string SystemOne = "/v1/systemone";
    private const string Gemini = "/v1beta/decisions";

    private const string Named = """
        {"refund":{"type":"noul","instructions":"Does the writer ask for a refund?"},
        "team":{"type":"choice","instructions":"Team?","criteria":{"returns":"damaged things","tech":null}},
        "mood":{"type":"score","instructions":"Anger","criteria":["calm","cross","furious"]}}
        """;

    [Fact]
    public async Task OpenAI_Questions_AreAnsweredInTheirOrder()
    {
        JsonElement answer = await AskAsync(OpenAI, """
            {"model":"sandbox-mini","input":[{"role":"user","content":[{"type":"input_text","text":"A refund, please!"},{"type":"input_json","data":{"state":"damaged"}}]}],"questions":[
            {"type":"predicate","name":"refund","instructions":"Does the writer ask for a refund?"},
            {"type":"choice","name":"whole","instructions":"Whole?","choices":[{"value":true,"description":"flawless"},{"value":false,"description":"damaged"}]},
            {"type":"score","instructions":"Anger","levels":[{"label":"calm"},{"label":"cross","description":"raises the voice"},{"label":"furious"}]}]}
            """);

        JsonElement[] answers = [.. answer.GetProperty("answers").EnumerateArray()];
        Assert.Equal(["predicate", "choice", "score"], answers.Select(each => each.GetProperty("type").GetString()));
        Assert.True(answers[0].GetProperty("probability").GetDouble() > 0.8);
        Assert.Equal(JsonValueKind.False, answers[1].GetProperty("choice").ValueKind);
        Assert.Equal(JsonValueKind.Null, answers[2].GetProperty("name").ValueKind);
        Assert.Equal([0, 1, 2], answers[2].GetProperty("probabilities").EnumerateArray().Select(each => each.GetProperty("value").GetInt32()));
        Assert.InRange(answers[2].GetProperty("score").GetDouble(), 0.9, 1.1);
        Assert.Equal(["model", "answers", "usage"], answer.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task OpenAI_InputThatIsDeclined_RefusesEachQuestion()
    {
        JsonElement answer = await AskAsync(OpenAI, """{"model":"sandbox-mini","input":"[refuse]","questions":[{"type":"predicate","name":"a","instructions":"?"}]}""");

        Assert.Equal("""{"type":"refusal","name":"a"}""", answer.GetProperty("answers")[0].GetRawText());
    }

    [Theory]
    [InlineData("""{"input":"x","questions":[{"type":"predicate","instructions":"?"}]}""", null)]
    [InlineData("""{"model":"m","questions":[{"type":"predicate","instructions":"?"}]}""", "input")]
    [InlineData("""{"model":"m","input":"x","questions":[]}""", "questions")]
    [InlineData("""{"model":"m","input":"x","questions":{}}""", "questions")]
    [InlineData("""{"model":"m","input":"x","temperature":1,"questions":[{"type":"predicate","instructions":"?"}]}""", "temperature")]
    [InlineData("""{"model":"m","input":"x","questions":[{"type":"noul","instructions":"?"}]}""", "questions[0].type")]
    [InlineData("""{"model":"m","input":"x","questions":[{"type":"predicate"}]}""", "questions[0].instructions")]
    [InlineData("""{"model":"m","input":"x","questions":[{"type":"predicate","instructions":"?","id":"q"}]}""", "questions[0].id")]
    [InlineData("""{"model":"m","input":"x","questions":[{"type":"choice","instructions":"?","choices":[{"value":"a"}]}]}""", "questions[0].choices")]
    [InlineData("""{"model":"m","input":"x","questions":[{"type":"choice","instructions":"?","choices":[{"value":"a"},{"value":"a"}]}]}""", "questions[0].choices")]
    [InlineData("""{"model":"m","input":"x","questions":[{"type":"choice","instructions":"?","choices":[{"value":1},{"value":2}]}]}""", "questions[0].choices[0].value")]
    [InlineData("""{"model":"m","input":"x","questions":[{"type":"score","instructions":"?","levels":[{"label":"a"}]}]}""", "questions[0].levels")]
    [InlineData("""{"model":"m","input":[{"role":"user","content":[{"type":"input_json","data":"x"}]}],"questions":[{"type":"predicate","instructions":"?"}]}""", "input[0].content[0].data")]
    [InlineData("""{"model":"m","input":[{"role":"user","content":[{"type":"input_image","image_url":"file-1"}]}],"questions":[{"type":"predicate","instructions":"?"}]}""", "input[0].content[0].image_url")]
    public async Task OpenAI_RequestThatIsWrong_IsRefused(string request, string? param) => Assert.Equal(param, (await FailAsync(400, OpenAI, request)).GetProperty("param").GetString());

    [Theory]
    [InlineData(SystemOne, "sandbox-mini")]
    [InlineData(OpenAI, "sandbox-systemone")]
    public async Task SystemOne_Questions_AreAnsweredByName(string path, string model)
    {
        JsonElement answer = await AskAsync(path, $$"""{"model":"{{model}}","state":{"note":"a refund, damaged, furious"},"questions":{{Named}} }""");

        JsonElement answers = answer.GetProperty("answers");
        Assert.True(answers.GetProperty("refund").GetProperty("noul").GetDouble() > 0.8);
        Assert.Equal("returns", answers.GetProperty("team").GetProperty("choice").GetString());
        Assert.Equal("cross", answers.GetProperty("mood").GetProperty("legend").GetProperty("1").GetString());
        Assert.InRange(answers.GetProperty("mood").GetProperty("score").GetDouble(), 1.9, 2);
        Assert.Equal(["input_tokens", "output_tokens"], answer.GetProperty("usage").EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("""{"model":"m","input":"x","questions":[]}""", "state")]
    [InlineData("""{"model":"m","state":"","questions":{}}""", "state")]
    [InlineData("""{"model":"m","state":"x","questions":[]}""", "questions")]
    [InlineData("""{"model":"m","state":"x","questions":{}}""", "questions")]
    [InlineData("""{"model":"m","state":"x","top":1,"questions":{"q":{"type":"noul","instructions":"?"}}}""", "top")]
    [InlineData("""{"model":"m","state":"x","questions":{"q":{"type":"noul"}}}""", "questions.q.instructions")]
    [InlineData("""{"model":"m","state":"x","questions":{"q":{"type":"noul","instructions":"?","criteria":{"yes":"a"}}}}""", "questions.q.criteria.yes")]
    [InlineData("""{"model":"m","state":"x","questions":{"q":{"type":"choice","instructions":"?","criteria":{"a":null}}}}""", "questions.q.criteria")]
    [InlineData("""{"model":"m","state":"x","images":["https://example.com/a.png"],"questions":{"q":{"type":"noul","instructions":"?"}}}""", "images")]
    public async Task SystemOne_RequestThatIsWrong_IsRefused(string request, string param) => Assert.Equal(param, (await FailAsync(400, SystemOne, request)).GetProperty("param").GetString());

    [Fact]
    public async Task SGLang_Questions_AreAnsweredWithTheirMass()
    {
        JsonElement answers = (await AskAsync(OpenAI, """
            {"model":"sandbox-sglang","input":"a refund","questions":[{"id":"refund","type":"yes_no","question":"A refund?","yes":"money back"},
            {"id":"team","type":"choice","question":"Team?","options":[{"name":"returns","description":"a refund"},{"name":"tech"}]},{"id":"mood","type":"score","question":"Anger","levels":["calm","cross"]}]}
            """)).GetProperty("answers");

        Assert.True(answers.GetProperty("refund").GetProperty("probabilities").GetProperty("yes").GetDouble() > 0.8);
        Assert.Equal("returns", answers.GetProperty("team").GetProperty("choice").GetString());
        Assert.All(answers.EnumerateObject(), each => Assert.Equal(0.98, each.Value.GetProperty("label_mass").GetDouble()));
    }

    [Theory]
    [InlineData("""{"model":"sandbox-sglang","input":"x","questions":[{"type":"predicate","name":"q","instructions":"?"}]}""", "questions[0].id")]
    [InlineData("""{"model":"sandbox-sglang","input":"x","questions":[{"id":"q","type":"yes_no","question":"?"},{"id":"q","type":"yes_no","question":"?"}]}""", "questions")]
    [InlineData("""{"model":"sandbox-systemone","input":"x","questions":[{"type":"predicate","name":"q","instructions":"?"}]}""", "state")]
    public async Task Decisions_OtherForm_IsRefusedByTheFieldThatIsMissing(string request, string param) => Assert.Equal(param, (await FailAsync(400, OpenAI, request)).GetProperty("param").GetString());

    [Theory]
    [InlineData(OpenAI)]
    [InlineData(SystemOne)]
    public async Task Decisions_ChatModel_HasNone(string path) => Assert.StartsWith("Invalid URL", (await FailAsync(404, path, """{"model":"sandbox-chat","input":"x"}""")).GetProperty("message").GetString(), StringComparison.Ordinal);

    [Fact]
    public async Task Gemini_Questions_AreAnsweredInSnakeCase()
    {
        JsonElement answer = await AskAsync(Gemini, $$"""{"model":"models/sandbox-mini","input":[{"type":"text","text":"a refund"},{"type":"image","data":"AAAA","mime_type":"image/png"}],"questions":{{Named}} }""");

        JsonElement refund = answer.GetProperty("answers").GetProperty("refund");
        Assert.Equal(refund.GetProperty("noul").GetDouble(), refund.GetProperty("confidence").GetDouble());
        Assert.Equal(["total_input_tokens", "total_output_tokens", "total_tokens"], answer.GetProperty("usage").EnumerateObject().Select(member => member.Name));
        Assert.False(answer.TryGetProperty("model", out _));
    }

    [Fact]
    public async Task Gemini_InputThatIsBlocked_HasNoAnswers()
    {
        JsonElement answer = await AskAsync(Gemini, $$"""{"model":"models/sandbox-mini","input":"[refuse]","questions":{{Named}} }""");

        Assert.Equal("safety", answer.GetProperty("prompt_feedback").GetProperty("block_reason").GetString());
        Assert.False(answer.TryGetProperty("answers", out _));
    }

    [Theory]
    [InlineData("""{"model":"sandbox-mini","input":"x","questions":{"q":{"type":"noul","instructions":"?"}}}""", 404)]
    [InlineData("""{"model":"models/m","state":"x","questions":{"q":{"type":"noul","instructions":"?"}}}""", 400)]
    [InlineData("""{"model":"models/m","input":{"type":"image"},"questions":{"q":{"type":"noul","instructions":"?"}}}""", 400)]
    [InlineData("""{"model":"models/m","input":"x","questions":{"q":{"type":"noul","instructions":"?","criteria":{"true":"a"}}}}""", 400)]
    public async Task Gemini_RequestThatIsWrong_IsRefused(string request, int status)
    {
        using HttpResponseMessage response = await PostAsync(Gemini, request);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Chat_LabelsThatAreAskedFor_AreSharedOut()
    {
        const string Task = "I want a refund.\n\n---\nWhich team?\n\nAnswer with one of these labels, and with nothing else:\nA: technical things\nB: refund and returns";
        JsonElement choice = (await AskChatAsync(Task, ""","logprobs":true,"top_logprobs":20""")).GetProperty("choices")[0];

        JsonElement token = choice.GetProperty("logprobs").GetProperty("content")[0];
        Assert.Equal("B", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(["B", "A"], token.GetProperty("top_logprobs").EnumerateArray().Select(each => each.GetProperty("token").GetString()));
        Assert.Equal(1, token.GetProperty("top_logprobs").EnumerateArray().Sum(each => Math.Exp(each.GetProperty("logprob").GetDouble())), 3);
    }

    [Fact]
    public async Task Chat_ModelThatKeepsItsTokens_TellsNone() =>
        Assert.Equal(JsonValueKind.Null, (await AskAsync("/v1/chat/completions", """{"model":"sandbox-tokenless","messages":[{"role":"user","content":"x"}],"logprobs":true}""")).GetProperty("choices")[0].GetProperty("logprobs").ValueKind);
}
