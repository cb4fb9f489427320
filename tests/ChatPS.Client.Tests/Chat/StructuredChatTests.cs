using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Tests.Chat;

public sealed class StructuredChatTests
{
    private static readonly OutputFormat Number = Format();

    private readonly List<ChatRequest> _asked = [];

    [Fact]
    public async Task Ask_FirstAnswerFits_IsGivenAsItIs()
    {
        ChatCompletion answer = await AskAsync(Number, Says("""{"n":5}"""));

        Assert.Equal("""{"n":5}""", answer.Text);
        ChatRequest request = Assert.Single(_asked);
        Assert.NotNull(request.ResponseFormat);
        Assert.Null(request.Instructions);
        Assert.Empty(request.Appendix);
    }

    [Theory]
    [InlineData("Unknown parameter: 'response_format.json_schema'.", null)]
    [InlineData("Bad value.", "response_format")]
    public async Task Ask_ServiceKnowsNoSchema_IsToldInTheNextWayFromThenOn(string message, string? parameter)
    {
        ChatServiceException refusal = new(ErrorIds.InvalidRequest, message, "") { StatusCode = 400, ServiceParameter = parameter };
        StructuredChat chat = Chat(refusal, refusal, Says("""{"n":1}"""), Says("""{"n":2}"""));

        await AskAsync(chat, Number);
        ChatCompletion second = await AskAsync(chat, Number);

        Assert.Equal("""{"n":2}""", second.Text);
        Assert.Equal([("json_schema", false), ("json_object", true), ("", true), ("", true)], _asked.Select(request => (TypeOf(request), request.Instructions is not null)));
    }

    [Fact]
    public async Task Ask_OtherModel_IsAskedInTheBestWayAgain()
    {
        ChatServiceException refusal = new(ErrorIds.InvalidRequest, "no json_schema here", "") { StatusCode = 400 };
        StructuredChat chat = Chat(refusal, Says("""{"n":1}"""), Says("""{"n":2}"""));

        await AskAsync(chat, Number, "old");
        await AskAsync(chat, Number, "new");

        Assert.Equal(["json_schema", "json_object", "json_schema"], _asked.Select(TypeOf));
    }

    [Theory]
    [InlineData(SchemaMode.JsonSchema)]
    [InlineData(SchemaMode.JsonObject)]
    public async Task Ask_WayIsChosen_NoOtherIsTried(SchemaMode mode)
    {
        ChatServiceException refusal = new(ErrorIds.InvalidRequest, "no response_format here", "") { StatusCode = 400 };

        Assert.Same(refusal, await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(Format(mode), refusal, Says("""{"n":1}"""))));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task Ask_OtherFailure_IsGivenOn()
    {
        ChatServiceException refusal = new(ErrorIds.InvalidRequest, "temperature is too high", "") { StatusCode = 400, ServiceParameter = "temperature" };

        Assert.Same(refusal, await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(Number, refusal, Says("""{"n":1}"""))));
    }

    [Fact]
    public async Task Ask_AnswerDoesNotFit_IsMendedWithTheErrors()
    {
        ChatCompletion answer = await AskAsync(Format(repairs: 2), Says("""{"n":"five"}""", 10), Says("""{"m":5}""", 20), Says("""{"n":5}""", 30));

        Assert.Equal("""{"n":5}""", answer.Text);
        Assert.Equal(3, _asked.Count);
        Assert.Equal(["assistant", "user"], _asked[2].Appendix.Select(message => message.Role));
        Assert.Equal("""{"m":5}""", _asked[2].Appendix[0].Text);
        Assert.Contains("'n' is missing", _asked[2].Appendix[1].Text, StringComparison.Ordinal);
        Assert.Equal(20, _asked[2].Before.Usage!.TotalTokens);
    }

    [Fact]
    public async Task Ask_NeverFits_SaysWhatIsWrong()
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(Format(repairs: 1), Says("no"), Says("""{"n":1.5}""")));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Contains("/n", failure.Message, StringComparison.Ordinal);
        Assert.Equal("""{"n":1.5}""", failure.PartialText);
    }

    [Fact]
    public async Task Ask_Refused_IsAnErrorAndNotMended()
    {
        ChatMessage message = new() { Role = "assistant", Refusal = "I will not." };

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(Format(repairs: 3), new ChatCompletion { Choices = [new ChatChoice { Message = message }] }));

        Assert.Equal(ErrorIds.ContentFiltered, failure.ErrorId);
        Assert.Contains("I will not.", failure.Message, StringComparison.Ordinal);
        Assert.Single(_asked);
    }

    [Fact]
    public async Task Ask_CutOff_SaysToAllowMore()
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(Format(repairs: 3), Says("""{"n":""", finish: "length")));

        Assert.Equal((ErrorIds.BadResponse, """{"n":"""), (failure.ErrorId, failure.PartialText));
        Assert.Contains("-MaxCompletionTokens", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_ModelCallsTools_IsNotTheLastWord()
    {
        ChatMessage message = new() { Role = "assistant", ToolCalls = [new ChatToolCall { Name = "f" }] };

        ChatCompletion answer = await AskAsync(Number, new ChatCompletion { Choices = [new ChatChoice { Message = message }] });

        Assert.Equal("f", Assert.Single(answer.ToolCalls).Name);
    }

    private static OutputFormat Format(SchemaMode mode = SchemaMode.Auto, int repairs = 0) => new("answer", new Dictionary<string, object?>
    {
        ["type"] = "object",
        ["properties"] = new Dictionary<string, object?> { ["n"] = new Dictionary<string, object?> { ["type"] = "integer" } },
        ["required"] = new List<object?> { "n" },
        ["additionalProperties"] = false,
    })
    {
        Mode = mode,
        RepairAttempts = repairs,
    };

    private static ChatCompletion Says(string text, int tokens = 1, string finish = "stop") => new()
    {
        Text = text,
        FinishReason = finish,
        Usage = new ChatUsage { TotalTokens = tokens },
        Choices = [new ChatChoice { Message = new ChatMessage("assistant", text) }],
    };

    private static string TypeOf(ChatRequest request) => request.ResponseFormat is Dictionary<string, object?> format ? (string)format["type"]! : "";

    private StructuredChat Chat(params object[] outcomes)
    {
        Queue<object> next = new(outcomes);
        return new StructuredChat((request, _, _) =>
        {
            _asked.Add(request);
            return next.Dequeue() is ChatCompletion answer ? Task.FromResult(answer) : throw (ChatServiceException)outcomes[_asked.Count - 1];
        });
    }

    private Task<ChatCompletion> AskAsync(OutputFormat format, params object[] outcomes) => AskAsync(Chat(outcomes), format);

    private static Task<ChatCompletion> AskAsync(StructuredChat chat, OutputFormat format, string model = "m") =>
        chat.AskAsync(new ChatRequest { Messages = [new ChatMessage("user", "how many?")], Output = format }, model, CallSettings.None, CancellationToken.None);
}
