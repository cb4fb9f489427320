using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Text;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests;

/// <summary>What cannot work is found before anything is sent.</summary>
public sealed class ParameterTests : IDisposable
{
    private readonly SandboxServer _server = SandboxServer.Start();
    private readonly ServiceConnection _connection;

    public ParameterTests() => _connection = Engine.Connect(_server);

    public static TheoryData<string> ChatCases => [.. Chats.Keys];

    public static TheoryData<string> TextCases => [.. Texts.Keys];

    private static Dictionary<string, (string Parameter, ChatRequest Request)> Chats { get; } = new()
    {
        ["temperature 3"] = ("-Temperature", Engine.Ask() with { Temperature = 3 }),
        ["temperature -0.1"] = ("-Temperature", Engine.Ask() with { Temperature = -0.1 }),
        ["temperature NaN"] = ("-Temperature", Engine.Ask() with { Temperature = double.NaN }),
        ["top_p"] = ("-TopP", Engine.Ask() with { TopP = 1.01 }),
        ["presence"] = ("-PresencePenalty", Engine.Ask() with { PresencePenalty = -2.1 }),
        ["frequency"] = ("-FrequencyPenalty", Engine.Ask() with { FrequencyPenalty = double.PositiveInfinity }),
        ["n 0"] = ("-N", Engine.Ask() with { N = 0 }),
        ["n 129"] = ("-N", Engine.Ask() with { N = 129 }),
        ["top logprobs"] = ("-TopLogProbs", Engine.Ask() with { TopLogProbs = 21 }),
        ["max tokens"] = ("-MaxTokens", Engine.Ask() with { MaxTokens = 0 }),
        ["max completion tokens"] = ("-MaxCompletionTokens", Engine.Ask() with { MaxCompletionTokens = -1 }),
        ["bias"] = ("-LogitBias", Engine.Ask() with { LogitBias = new Dictionary<string, int> { ["7"] = 101 } }),
        ["stop"] = ("-Stop", Engine.Ask() with { Stop = ["1", "2", "3", "4", "5"] }),
        ["metadata"] = ("-Metadata", Engine.Ask() with { Metadata = Enumerable.Range(0, 17).ToDictionary(i => $"k{i}", i => "v") }),
        ["no message"] = ("-Prompt", new ChatRequest()),
        ["unknown role"] = ("poet", new ChatRequest { Messages = [new ChatMessage("poet", "x")] }),
        ["empty prompt"] = ("empty", Engine.Ask("")),
        ["empty system"] = ("empty", new ChatRequest { Messages = [new ChatMessage("system", ""), new ChatMessage("user", "x")] }),
        ["tool that is no value"] = ("-Tool", Engine.Ask() with { Tools = new object[] { new object() } }),
        ["format that holds NaN"] = ("-ResponseFormat", Engine.Ask() with { ResponseFormat = double.NaN }),
    };

    private static Dictionary<string, (string Parameter, TextRequest Request)> Texts { get; } = new()
    {
        ["temperature"] = ("-Temperature", Complete() with { Temperature = 3 }),
        ["top_p"] = ("-TopP", Complete() with { TopP = -1 }),
        ["presence"] = ("-PresencePenalty", Complete() with { PresencePenalty = 2.5 }),
        ["frequency"] = ("-FrequencyPenalty", Complete() with { FrequencyPenalty = -2.5 }),
        ["n"] = ("-N", Complete() with { N = 129 }),
        ["best_of 21"] = ("-BestOf", Complete() with { BestOf = 21 }),
        ["best_of below n"] = ("-BestOf", Complete() with { BestOf = 1, N = 2 }),
        ["logprobs"] = ("-LogProbs", Complete() with { LogProbs = 6 }),
        ["max tokens"] = ("-MaxTokens", Complete() with { MaxTokens = -1 }),
        ["bias"] = ("-LogitBias", Complete() with { LogitBias = new Dictionary<string, int> { ["7"] = -101 } }),
        ["stop"] = ("-Stop", Complete() with { Stop = ["1", "2", "3", "4", "5"] }),
        ["prompt"] = ("-Prompt", Complete() with { Prompt = new object() }),
    };

    [Theory]
    [MemberData(nameof(ChatCases))]
    public async Task Chat_ParameterOutOfRange_IsNamedAndNothingIsSent(string name)
    {
        (string parameter, ChatRequest request) = Chats[name];

        ChatServiceException whole = await Assert.ThrowsAsync<ChatServiceException>(() => _connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None));
        ChatServiceException streamed = await _connection.FailStreamAsync(request);

        AssertNames(parameter, whole);
        AssertNames(parameter, streamed);
    }

    [Theory]
    [MemberData(nameof(TextCases))]
    public async Task Text_ParameterOutOfRange_IsNamedAndNothingIsSent(string name) =>
        AssertNames(Texts[name].Parameter, await Assert.ThrowsAsync<ChatServiceException>(() => _connection.Text.CompleteAsync(Texts[name].Request, CallSettings.None, CancellationToken.None)));

    [Fact]
    public async Task Text_BestOfWithAStream_IsRefused() => AssertNames("-BestOf", await Assert.ThrowsAsync<ChatServiceException>(
        () => Engine.CollectAsync(_connection.Text.StreamAsync(Complete() with { BestOf = 2 }, CallSettings.None, CancellationToken.None))));

    [Fact]
    public async Task Call_AdditionalBodyThatHoldsItself_IsRefused()
    {
        Dictionary<string, object?> loop = [];
        loop["self"] = loop;

        AssertNames("-AdditionalBody", await Assert.ThrowsAsync<ChatServiceException>(() => _connection.CompleteAsync(settings: new CallSettings { AdditionalBody = loop })));
    }

    [Fact]
    public async Task Chat_LimitsThemselves_AreSent()
    {
        ChatRequest request = Engine.Ask() with { Temperature = 2, TopP = 0, PresencePenalty = -2, FrequencyPenalty = 2, N = 1, TopLogProbs = 0, LogProbs = true, MaxTokens = 1, Stop = ["1", "2", "3", "4"], LogitBias = new Dictionary<string, int> { ["7"] = -100 } };

        await _connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None);

        Assert.Equal(1, _server.RequestCount);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }

    private static TextRequest Complete() => new() { Prompt = "x" };

    private void AssertNames(string parameter, ChatServiceException failure)
    {
        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains(parameter, failure.Message + failure.RecommendedAction, StringComparison.Ordinal);
        Assert.NotEmpty(failure.RecommendedAction);
        Assert.Equal(0, _server.RequestCount);
    }
}
