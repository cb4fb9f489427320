using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Kept;
using ChatPS.Client.Models;
using ChatPS.Client.Moderation;
using ChatPS.Client.Providers;
using ChatPS.Client.Text;

namespace ChatPS.Client.Tests.Damage;

/// <summary>What stands beside an answer never costs it, and nulls in lists are not there. What is the answer must be one.</summary>
public sealed class LooseAnswerTests
{
    public static TheoryData<string> Beside =>
    [
        "\"usage\":[]", "\"usage\":\"\"", "\"usage\":7", "\"usage\":{\"prompt_tokens\":\"\",\"completion_tokens\":\"many\",\"total_tokens\":{}}", "\"usage\":{\"prompt_tokens_details\":[]}",
        "\"usage\":{\"prompt_tokens\":4294967295,\"completion_tokens\":-1,\"total_tokens\":1e30}", "\"error\":{}", "\"error\":[]", "\"error\":\"\"", "\"error\":false", "\"error\":{\"code\":0,\"message\":\"\"}",
        "\"error\":{\"code\":\"200\",\"message\":\"ok\"}", "\"created\":[]", "\"created\":1.5", "\"created\":\"2026-01-01\"", "\"created\":\"\"", "\"metadata\":[]", "\"metadata\":\"x\"", "\"metadata\":{\"a\":[1]}",
        "\"system_fingerprint\":7", "\"moderation\":[]", "\"moderation\":{\"input\":{\"results\":\"x\"}}", "\"service_tier\":null", "\"prompt_filter_results\":{}", "\"prompt_filter_results\":[null]",
    ];

    public static TheoryData<string> InChoice =>
    [
        "\"logprobs\":[]", "\"logprobs\":\"\"", "\"logprobs\":{\"content\":{}}", "\"logprobs\":{\"content\":[null,{\"token\":\"Hi\",\"bytes\":[\"x\"],\"logprob\":\"low\"}]}", "\"index\":\"\"", "\"index\":[]", "\"content_filter_results\":[]",
    ];

    public static TheoryData<string> InMessage =>
    [
        "\"tool_calls\":[null]", "\"tool_calls\":{}", "\"tool_calls\":\"\"", "\"tool_calls\":false", "\"function_call\":[]", "\"function_call\":\"\"", "\"audio\":\"\"", "\"audio\":[]", "\"annotations\":{}", "\"annotations\":\"x\"",
        "\"annotations\":[null,7,{\"url_citation\":[]}]", "\"refusal\":null", "\"reasoning_content\":null",
    ];

    [Theory]
    [MemberData(nameof(Beside))]
    public Task Chat_BesideTheChoicesIsAnOddMember_IsAnswered(string member) => IsAnsweredAsync(member, "", "");

    [Theory]
    [MemberData(nameof(InChoice))]
    public Task Chat_InTheChoiceIsAnOddMember_IsAnswered(string member) => IsAnsweredAsync("", member, "");

    [Theory]
    [MemberData(nameof(InMessage))]
    public Task Chat_InTheMessageIsAnOddMember_IsAnswered(string member) => IsAnsweredAsync("", "", member);

    [Fact]
    public async Task Chat_SomeOfTheUsageIsOdd_KeepsTheRest()
    {
        ChatCompletion answer = await ChatAsync(Engine.Answer("Hi", ""","usage":{"prompt_tokens":"7","completion_tokens":4294967295,"total_tokens":"","prompt_tokens_details":[],"completion_tokens_details":{"reasoning_tokens":3}}"""));

        Assert.Equal((7, 0, 7, 3), (answer.Usage!.InputTokens, answer.Usage.OutputTokens, answer.Usage.TotalTokens, answer.Usage.ReasoningTokens));
    }

    [Fact]
    public async Task Chat_TokensBeyondAllMeasure_AreNotCountedBackwards()
    {
        ChatCompletion answer = await ChatAsync(Engine.Answer("Hi", ""","usage":{"prompt_tokens":2000000000,"completion_tokens":2000000000}"""));

        Assert.Equal(int.MaxValue, answer.Usage!.TotalTokens);
    }

    [Fact]
    public async Task Chat_NullsAmongCalls_LeaveTheCalls()
    {
        ChatCompletion answer = await ChatAsync("""{"choices":[null,{"message":{"tool_calls":[null,{"id":"c","function":{"name":"f","arguments":"{}"}},null]},"finish_reason":"tool_calls"}]}""");

        Assert.Equal("f", Assert.Single(answer.Choices[0].Message.ToolCalls).Name);
    }

    [Theory]
    [InlineData("""{"choices":"Hi"}""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[{}]}""")]
    [InlineData("""{"choices":[{"message":"Hi"}]}""")]
    [InlineData("""{"choices":[{"message":{"content":"Hi","tool_calls":"[{\"function\":{\"name\":\"f\"}}]"}}]}""")]
    public async Task Chat_TheAnswerItselfHasAnotherForm_IsABadResponseWithItsWords(string body)
    {
        using RawServer server = RawServer.Answering(200, body);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal((ErrorIds.BadResponse, body), (failure.ErrorId, failure.ResponseBody));
    }

    [Theory]
    [InlineData("""{"content":[null,{"type":"text","text":"Hi","citations":7}],"usage":[],"stop_reason":"end_turn","stop_details":"x"}""")]
    [InlineData("""{"content":{"type":"text","text":"Hi"},"usage":{"input_tokens":"","output_tokens_details":[]},"stop_reason":"end_turn"}""")]
    public async Task Anthropic_OddMembers_IsAnswered(string body) => Assert.Equal("Hi", (await ChatAsync(body, KnownDialects.Anthropic)).Text);

    [Theory]
    [InlineData("""{"candidates":[null,{"content":{"parts":[null,{"text":"Hi"}]},"finishReason":"STOP","safetyRatings":{},"groundingMetadata":[],"logprobsResult":""}],"usageMetadata":[],"promptFeedback":""}""")]
    [InlineData("""{"candidates":{"content":[{"parts":{"text":"Hi","thought":0}}],"citationMetadata":{"citations":"x"}},"usageMetadata":{"totalTokenCount":"x"}}""")]
    public async Task Gemini_OddMembers_IsAnswered(string body) => Assert.Equal("Hi", (await ChatAsync(body, KnownDialects.Gemini)).Text);

    [Theory]
    [InlineData("""{"status":"completed","error":{},"output":[null,{"type":"message","content":[null,{"type":"output_text","text":"Hi","annotations":7,"logprobs":{}}]}],"usage":[]}""")]
    [InlineData("""{"status":"completed","error":{"code":0,"message":""},"output":[{"type":"message","content":"Hi"}],"usage":"","metadata":[],"conversation":"c","incomplete_details":[]}""")]
    public async Task Responses_OddMembers_IsAnswered(string body) => Assert.Equal("Hi", (await ChatAsync(body, KnownDialects.Responses)).Text);

    [Theory]
    [InlineData("""{"object":"list","data":null}""", "")]
    [InlineData("""{"data":[]}""", "")]
    [InlineData("""{"data":[null,{"id":"a","created":[]},null,{"id":"b","display_name":null}],"has_more":"no"}""", "a,b")]
    [InlineData("""[null,{"id":"a"}]""", "a")]
    public async Task Models_NullsAndOddMembers_AreListed(string body, string expected)
    {
        using RawServer server = RawServer.Answering(200, body);
        using ServiceConnection connection = Engine.Connect(server);

        IReadOnlyList<ChatModel> models = await connection.Models.ListAsync(CallSettings.None, default);

        Assert.Equal(expected, string.Join(",", models.Select(model => model.Id)));
        Assert.All(models, model => Assert.Contains($"\"{model.Id}\"", model.Raw, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"flagged":1}""", true)]
    [InlineData("""{"flagged":"false","categories":[]}""", false)]
    [InlineData("""{"flagged":true,"categories":{"hate":0.9},"category_scores":"x","category_applied_input_types":{"hate":[null,"text"]}}""", true)]
    [InlineData("""{"categories":{"hate":"true"}}""", true)]
    [InlineData("""{"categories":{"hate":"perhaps"}}""", null)]
    [InlineData("""{"id":"r"}""", null)]
    public async Task Moderation_FlagsAreOdd_AreReadOrNoVerdictIsAnError(string result, bool? expected)
    {
        using RawServer server = RawServer.Answering(200, $$"""{"results":[null,{{result}}]}""");
        using ServiceConnection connection = Engine.Connect(server);
        Task<IReadOnlyList<ChatModeration>> asked = connection.Moderations.ModerateAsync([new ModerationItem { Text = "t" }], null, CallSettings.None, default);

        if (expected is { } flagged)
        {
            Assert.Equal(flagged, Assert.Single(await asked).Flagged);
        }
        else
        {
            Assert.Equal(ErrorIds.BadResponse, (await Assert.ThrowsAsync<ChatServiceException>(() => asked)).ErrorId);
        }
    }

    [Fact]
    public async Task Text_NullBesideItsToken_StaysInItsPlace()
    {
        using RawServer server = RawServer.Answering(200, """{"choices":[null,{"text":"ab","logprobs":{"tokens":["a","b"],"token_logprobs":[null,-1],"top_logprobs":[null,{"b":-1}],"text_offset":["x"]}}]}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatTextCompletion answer = await connection.Text.CompleteAsync(new TextRequest { Prompt = "p" }, CallSettings.None, default);

        ChatTokenLogProb[] tokens = answer.Choices[0].LogProbs;
        Assert.Equal([(null, 0), (-1.0, 1)], tokens.Select(token => (token.LogProb, token.Top.Length)));
        Assert.All(tokens, token => Assert.Null(token.Offset));
    }

    [Fact]
    public async Task Messages_NullsAmongThem_AreNotThere()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"data":[null,{"role":"user","content":"Hi"},null]}"""),
            RawServer.Answer(200, """{"data":[null,{"type":"message","role":"user","content":[null,{"type":"input_text","text":"Hi"}]}]}"""));
        using ServiceConnection connection = Engine.Connect(server);

        IReadOnlyList<ChatMessage> kept = await connection.StoredCompletions.GetMessagesAsync("c", CallSettings.None, default);
        IReadOnlyList<ChatMessage> items = await connection.Responses.GetMessagesAsync("r", CallSettings.None, default);

        Assert.Equal(["Hi", "Hi"], [Assert.Single(kept).Text, Assert.Single(items).Text]);
    }

    private static async Task<ChatCompletion> ChatAsync(string body, Dialect? dialect = null)
    {
        using RawServer server = RawServer.Answering(200, body);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings
        {
            Dialect = dialect ?? KnownDialects.OpenAI,
            BaseUri = server.BaseUri,
            Key = Engine.Secret(Engine.Key),
            Model = "m",
            MaxRetry = 0,
        });
        return await connection.CompleteAsync();
    }

    private static async Task IsAnsweredAsync(string beside, string inChoice, string inMessage)
    {
        string Body(string message) => "{" + $"\"choices\":[null,{{\"{message}\":{{\"content\":\"Hi\"{Also(inMessage)}}},\"finish_reason\":\"stop\"{Also(inChoice)}}}]{Also(beside)}" + "}";
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, Body("message")),
            RawServer.Answer(200, Engine.Event(Body("delta")) + Engine.Event("[DONE]"), "text/event-stream"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion whole = await connection.CompleteAsync();
        ChatCompletion streamed = (await connection.StreamAsync())[^1].Completion!;

        Assert.Equal(("Hi", "stop", 0), (whole.Text, whole.FinishReason, whole.Choices[0].Message.ToolCalls.Count));
        Assert.Equal(("Hi", "stop", 0), (streamed.Text, streamed.FinishReason, streamed.Choices[0].Message.ToolCalls.Count));
    }

    private static string Also(string member) => member.Length > 0 ? "," + member : "";
}
