using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Client.Tools;

namespace ChatPS.Client.Tests.Tools;

public sealed class ToolLoopTests
{
    private const string Usage = ""","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}""";

    private static readonly string Twice = Calls("""{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},{"type":"function","function":{"name":"f","arguments":"{}"}}""");
    private static readonly string Left = Calls("""{"id":"l","type":"function","function":{"name":"left","arguments":"{}"}}""");

    private readonly List<ChatToolCall> _ran = [];

    [Fact]
    public async Task Complete_ModelCallsTools_AreRunInOrderAndTold()
    {
        ChatCompletion answer = await CompleteAsync([Twice, Engine.Answer("done", Usage)]);

        Assert.Equal("done", answer.Text);
        Assert.Equal(1, answer.ToolRounds);
        Assert.Equal(30, answer.Usage!.TotalTokens);
        Assert.Equal(["output 1", "output 2"], answer.ToolCalls.Select(call => call.Output));
        Assert.Equal(["user", "assistant", "tool", "tool", "assistant"], answer.Messages.Select(message => message.Role));
        Assert.Equal(_ran.Select(call => call.Id), answer.Messages.Where(message => message.Role == "tool").Select(message => message.ToolCallId));
    }

    [Fact]
    public async Task Complete_CallWithoutId_GetsOne()
    {
        await CompleteAsync([Twice, Engine.Answer("done", Usage)]);

        Assert.Equal(2, _ran.Select(call => call.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(_ran, call => Assert.NotEmpty(call.Id!));
    }

    [Fact]
    public async Task Complete_CallIsLeftToCaller_EndsWithoutRunning()
    {
        ChatCompletion answer = await CompleteAsync([Left]);

        Assert.Empty(_ran);
        Assert.Equal(0, answer.ToolRounds);
        Assert.Null(Assert.Single(answer.ToolCalls).Output);
    }

    [Theory]
    [InlineData(2, 50, 4)]
    [InlineData(50, 3, 3)]
    public async Task Complete_ModelNeverEnds_FailsWithTheTranscript(int rounds, int calls, int ran)
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => CompleteAsync([Twice], new ToolLimits(rounds, calls)));

        Assert.Equal(ErrorIds.ToolLimitExceeded, failure.ErrorId);
        Assert.Equal(ran, _ran.Count);
        Assert.Equal(ran, failure.Completion!.ToolCalls.Count(call => !call.Refused));

        // Whoever goes on with the conversation finds an output for each call.
        Assert.Equal(failure.Completion.ToolCalls.Count, failure.Completion.Messages.Count(message => message.Role == "tool"));
    }

    [Fact]
    public async Task Complete_AnswerIsInCheckpoint_NothingIsAskedOrRun()
    {
        using CheckpointFolder folder = new();
        ChatCompletion first = await CompleteAsync([Twice, Engine.Answer("done", Usage)], folder: folder);
        _ran.Clear();

        ChatCompletion second = await CompleteAsync([Engine.Answer("never asked")], folder: folder);

        Assert.Empty(_ran);
        Assert.Equal("done", second.Text);
        Assert.Equal(first.ToolRounds, second.ToolRounds);
        Assert.Equal(first.Usage!.TotalTokens, second.Usage!.TotalTokens);
        Assert.Equal(first.Elapsed, second.Elapsed);
        Assert.Equal(first.ToolCalls.Select(call => (call.Id, call.Output, call.Elapsed)), second.ToolCalls.Select(call => (call.Id, call.Output, call.Elapsed)));
        Assert.Equal(first.Messages.Select(message => message.Text), second.Messages.Select(message => message.Text));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Validate_NoRoundsOrCalls_IsInvalid(int rounds, int calls) => Engine.AssertInvalid(new ToolLimits(rounds, calls).Validate);

    private static string Calls(string calls) =>
        $$"""{"id":"c1","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{{calls}}]},"finish_reason":"tool_calls"}]{{Usage}}}""";

    [Fact]
    public async Task Checkpoint_Rounds_KeepAllThatAnAnswerAloneKeeps()
    {
        using CheckpointFolder folder = new();
        await CompleteAsync([Twice, Twice, Engine.Answer("done", Usage)], folder: folder);
        CheckpointRecord kept = Stored(folder);

        using ServiceConnection connection = Engine.Connect(new Uri("http://localhost:1"));
        CheckpointRecord again = ToolTranscript.Restore(kept, Engine.Ask(), CallSettings.None, connection.Chat).ToRecord();

        Assert.Equal((45, 15), (kept.TotalTokens, kept.OutputTokens));
        Assert.Equal(kept with { FallbackFrom = [] }, again with { FallbackFrom = [] });
    }

    [Fact]
    public void Restore_RoundsAsTheyWereWrittenBefore_AreRead()
    {
        const string Before = """{"rounds":[{"raw":RAW,"stream":false,"elapsedMs":2.5,"requestId":null,"connection":"c","model":"m","fallbackFrom":[],"tokens":15,"cost":null,"calls":[{"output":"o","isError":false,"refused":false,"elapsedMs":null},{"output":"p","isError":true,"refused":true,"elapsedMs":1}]}],"calls":[]}""";
        using ServiceConnection connection = Engine.Connect(new Uri("http://localhost:1"));
        CheckpointRecord record = new() { Raw = Engine.Answer("done", Usage), TotalTokens = 30, OutputTokens = 10, Tools = Before.Replace("RAW", System.Text.Json.JsonSerializer.Serialize(Twice), StringComparison.Ordinal) };

        ChatCompletion answer = ToolTranscript.Restore(record, Engine.Ask(), CallSettings.None, connection.Chat).ToCompletion();

        Assert.Equal(("done", 1, 30), (answer.Text, answer.ToolRounds, answer.Usage!.TotalTokens));
        Assert.Equal([("o", false, null), ("p", true, TimeSpan.FromMilliseconds(1))], answer.ToolCalls.Select(call => (call.Output, call.IsError, call.Elapsed)));
    }

    [Theory]
    [InlineData("""{"count":2,"rounds":[ROUND],"calls":[]}""")]
    [InlineData("""{"count":"1","rounds":[ROUND],"calls":[]}""")]
    [InlineData("""{"rounds":[SHORT],"calls":[]}""")]
    [InlineData("""{"rounds":[IDLE],"calls":[]}""")]
    [InlineData("""{"rounds":[ROUND],"calls":[{"output":"o","isError":false,"refused":false}]}""")]
    public void Restore_RoundsOfWhichSomeAreMissing_SayTheCheckpointIsDamaged(string rounds)
    {
        string Round(string calls) => $$"""{"raw":{{System.Text.Json.JsonSerializer.Serialize(Twice)}},"stream":false,"elapsedMs":2.5,"requestId":null,"connection":"c","model":"m","fallbackFrom":[],"tokens":15,"cost":null,"calls":[{{calls}}]}""";
        const string Ran = """{"output":"o","isError":false,"refused":false}""";
        const string Idle = """{"output":null,"isError":false,"refused":false}""";
        using ServiceConnection connection = Engine.Connect(new Uri("http://localhost:1"));
        CheckpointRecord record = new()
        {
            Raw = Engine.Answer("done"),
            Tools = rounds.Replace("ROUND", Round($"{Ran},{Ran}"), StringComparison.Ordinal).Replace("SHORT", Round(Ran), StringComparison.Ordinal).Replace("IDLE", Round($"{Idle},{Idle}"), StringComparison.Ordinal),
        };

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => ToolTranscript.Restore(record, Engine.Ask(), CallSettings.None, connection.Chat));

        Assert.Equal(ErrorIds.CheckpointFailed, failure.ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"rounds":[{"calls":[]}],"calls":[]}""")]
    [InlineData("""{"rounds":[{"raw":5,"calls":[]}],"calls":[]}""")]
    [InlineData("""{"rounds":5,"calls":[]}""")]
    public void Restore_RoundsThatCannotBeRead_SayTheCheckpointIsDamaged(string rounds)
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://localhost:1"));

        ChatServiceException failure = Assert.Throws<ChatServiceException>(
            () => ToolTranscript.Restore(new CheckpointRecord { Raw = Engine.Answer("done"), Tools = rounds }, Engine.Ask(), CallSettings.None, connection.Chat));

        Assert.Equal(ErrorIds.CheckpointFailed, failure.ErrorId);
    }

    private static CheckpointRecord Stored(CheckpointFolder folder)
    {
        using Checkpoint checkpoint = folder.Open();
        using ServiceConnection connection = Engine.Connect(new Uri("http://localhost:1"));
        return connection.Chat.Claim(Engine.Ask(), CallSettings.None, new RunPlan { Checkpoint = checkpoint })!.ReadStored()!;
    }

    private async Task<ChatCompletion> CompleteAsync(string[] answers, ToolLimits? limits = null, CheckpointFolder? folder = null)
    {
        using RawServer server = RawServer.Start([.. answers.Select(answer => RawServer.Answer(200, answer))]);
        using ServiceConnection connection = Engine.Connect(server);
        using Checkpoint? checkpoint = folder?.Open();
        ToolLoop loop = new(connection.Chat, limits ?? new ToolLimits(10, 50), call => call.Name == "left", (call, _) =>
        {
            _ran.Add(call);
            call.Output = $"output {_ran.Count}";
            call.Elapsed = TimeSpan.FromMilliseconds(_ran.Count);
            return Task.CompletedTask;
        });
        return await loop.CompleteAsync(Engine.Ask(), CallSettings.None, new RunPlan { Checkpoint = checkpoint }, CancellationToken.None).WaitAsync(Engine.Patience);
    }
}
