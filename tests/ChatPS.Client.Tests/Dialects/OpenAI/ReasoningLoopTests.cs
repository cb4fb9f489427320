using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Sessions;
using ChatPS.Client.Tools;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Dialects.OpenAI;

/// <summary>Rounds of tools with each family of reasoning that a service wants back: the sandbox refuses whatever lacks it.</summary>
public sealed class ReasoningLoopTests : IDisposable
{
    private static readonly object[] Tools =
    [
        new Dictionary<string, object?> { ["type"] = "function", ["function"] = new Dictionary<string, object?> { ["name"] = "lookup" } },
    ];

    private readonly SandboxServer _server = SandboxServer.Start();

    public void Dispose() => _server.Dispose();

    public static TheoryData<string, string, bool> Families
    {
        get
        {
            TheoryData<string, string, bool> families = [];
            foreach (string model in new[] { "sandbox-reasoning-content", "sandbox-reasoning-empty", "sandbox-thinking", "sandbox-reasoning", "sandbox-reasoning-details", "sandbox-thought-signature" })
            {
                families.Add("OpenAI", model, false);
                families.Add("OpenAI", model, true);
            }

            families.Add("Responses", "sandbox-phases", false);
            families.Add("Responses", "sandbox-phases", true);
            return families;
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task ToolRounds_ThenASessionFromAFile_GoThrough(string dialect, string model, bool stream)
    {
        using ServiceConnection connection = Connect(dialect, model);
        using CheckpointFolder folder = new();
        ChatCompletion[] answers = new ChatCompletion[2];
        for (int i = 0; i < answers.Length; i++)
        {
            using Checkpoint checkpoint = folder.Open();
            answers[i] = await RunAsync(connection, Ask(dialect, "call lookup"), stream, new RunPlan { Checkpoint = checkpoint });
        }

        int sent = _server.GetRequests().Count;
        ChatRequest more = Ask(dialect, "call lookup") with { Messages = [.. Stored(answers[1].Messages), new ChatMessage("user", "call lookup")] };
        ChatCompletion next = await RunAsync(connection, more, stream, RunPlan.None);

        Assert.Equal(2, sent);
        Assert.All([.. answers, next], answer => Assert.Equal(("The tool answered: ran", 1), (answer.Text, answer.ToolRounds)));
        Assert.Equal(dialect == "Responses" ? "Let me look at that first." : null, next.Commentary);
        Assert.All(_server.GetRequests(), request => Assert.Equal(200, request.StatusCode));
    }

    [Theory]
    [InlineData("OpenAI", "sandbox-reasoning-content", "reasoning_content in the thinking mode must be passed back")]
    [InlineData("OpenAI", "sandbox-reasoning-empty", "reasoning_content in the thinking mode must be passed back")]
    [InlineData("OpenAI", "sandbox-thinking", "reasoning_content is missing in assistant tool call message at index 1")]
    [InlineData("OpenAI", "sandbox-reasoning-details", "reasoning_details of messages[1]")]
    [InlineData("OpenAI", "sandbox-thought-signature", "missing a thought_signature")]
    [InlineData("Responses", "sandbox-phases", "without its required 'reasoning' item")]
    public async Task Conversation_WithoutWhatWasThought_IsRefusedWithAdvice(string dialect, string model, string words)
    {
        using ServiceConnection connection = Connect(dialect, model);
        ChatCompletion answer = await RunAsync(connection, Ask(dialect, "call lookup"), stream: false, RunPlan.None);
        ChatMessage[] bare = [.. answer.Messages.Select(message => new ChatMessage(message.Role, message.Text) { ToolCalls = message.ToolCalls, ToolCallId = message.ToolCallId })];

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() =>
            RunAsync(connection, Ask(dialect, "?") with { Messages = [.. bare, new ChatMessage("user", "and?")] }, stream: false, RunPlan.None));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains("had thought", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Responses_WithThePreviousResponse_SendOnlyWhatIsNew()
    {
        using ServiceConnection connection = Connect("Responses", "sandbox-phases");
        ChatCompletion first = await RunAsync(connection, Engine.Ask("one"), stream: false, RunPlan.None);

        ChatCompletion second = await RunAsync(connection, Engine.Ask("call lookup") with { Tools = Tools, PreviousResponseId = first.Id }, stream: false, RunPlan.None);

        Assert.Equal(("You said: one", "The tool answered: ran"), (first.Text, second.Text));
        Assert.DoesNotContain("final_answer", _server.GetRequests()[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Responses_ThoughtsThatWereNotKept_AreAskedForInTheAdvice()
    {
        using ServiceConnection connection = Connect("Responses", "sandbox-phases");

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() =>
            RunAsync(connection, Engine.Ask("call lookup") with { Tools = Tools, Store = false }, stream: false, RunPlan.None));

        Assert.Contains("-ReasoningEffort", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_ThatSwitchesThinking_GetsAnEmptyTextForCallsOfOthers()
    {
        using ServiceConnection connection = Connect("OpenAI", "sandbox-reasoning-empty", ReasoningForm.Thinking);
        ChatMessage called = new() { Role = "assistant", ToolCalls = [new ChatToolCall { Id = "c1", Name = "lookup", Arguments = "{}" }] };
        ChatRequest request = new() { Messages = [new ChatMessage("user", "?"), called, new ChatMessage("tool", "ran") { ToolCallId = "c1" }] };

        Assert.Equal("The tool answered: ran", (await RunAsync(connection, request, stream: false, RunPlan.None)).Text);
    }

    private static ChatRequest Ask(string dialect, string prompt) =>
        Engine.Ask(prompt) with { Tools = Tools, Store = dialect == "Responses" ? false : null, ReasoningEffort = dialect == "Responses" ? "low" : null };

    private static async Task<ChatCompletion> RunAsync(ServiceConnection connection, ChatRequest request, bool stream, RunPlan plan)
    {
        ToolLoop loop = new(connection.Chat, new ToolLimits(5, 10), _ => false, (call, _) =>
        {
            call.Output = "ran";
            return Task.CompletedTask;
        });
        return stream
            ? (await Engine.CollectAsync(loop.StreamAsync(request, CallSettings.None, plan, CancellationToken.None)).WaitAsync(Engine.Patience))[^1].Completion!
            : await loop.CompleteAsync(request, CallSettings.None, plan, CancellationToken.None).WaitAsync(Engine.Patience);
    }

    private static ChatMessage[] Stored(ChatMessage[] messages)
    {
        string path = Path.GetTempFileName();
        SessionFile.Write(path, new ChatSession { Messages = [.. messages] });
        ChatSession session = SessionFile.Read(path);
        File.Delete(path);
        return [.. session.Messages];
    }

    private ServiceConnection Connect(string dialect, string model, ReasoningForm form = default) => new(
        new ConnectionSettings { BaseUri = _server.BaseUri, Dialect = KnownDialects.Find(dialect, ""), Model = model, MaxRetry = 0, Reasoning = form }, TimeProvider.System, () => 0.5);
}
