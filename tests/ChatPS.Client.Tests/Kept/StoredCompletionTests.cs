using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Kept;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Kept;

public sealed class StoredCompletionTests : IDisposable
{
    private readonly SandboxServer _server = SandboxServer.Start();
    private readonly UsageLedger _usage = new();
    private readonly ServiceConnection _connection;

    public StoredCompletionTests() => _connection = new ServiceConnection(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = _server.BaseUri, Model = "sandbox-mini", MaxRetry = 0 }, _usage);

    private StoredCompletionService Stored => _connection.StoredCompletions;

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task List_MoreThanAPage_GivesAllInOrderPageByPage()
    {
        string[] ids = await StoreAsync(103);

        List<ChatCompletion> all = await ListAsync(new StoredCompletionFilter());

        Assert.Equal(ids, all.Select(completion => completion.Id));
        Assert.Equal(2, Requests("GET"));
        Assert.All(all, completion => Assert.Empty(completion.Messages));
    }

    [Fact]
    public async Task List_First_AsksForNoMore()
    {
        string[] ids = await StoreAsync(4);

        Assert.Equal([ids[3], ids[2]], (await ListAsync(new StoredCompletionFilter { First = 2, Descending = true })).Select(completion => completion.Id));
        Assert.Equal("limit=2&order=desc", _server.GetRequests()[^1].Query.TrimStart('?'));
    }

    [Fact]
    public async Task List_ReaderThatStops_FetchesNoFurtherPage()
    {
        await StoreAsync(103);

        await foreach (ChatCompletion completion in Stored.ListAsync(new StoredCompletionFilter(), CallSettings.None, CancellationToken.None))
        {
            Assert.Equal("sandbox-mini", completion.Model);
            break;
        }

        Assert.Equal(1, Requests("GET"));
    }

    [Fact]
    public async Task List_ModelAndMetadata_AreFilters()
    {
        ChatCompletion wanted = await StoreAsync("one", new Dictionary<string, string> { ["run"] = "a b", ["x&y"] = "1" });
        await StoreAsync("two", new Dictionary<string, string> { ["run"] = "other" });

        Assert.Equal(wanted.Id, Assert.Single(await ListAsync(new StoredCompletionFilter { Model = "sandbox-mini", Metadata = new Dictionary<string, string> { ["run"] = "a b", ["x&y"] = "1" } })).Id);
        Assert.Empty(await ListAsync(new StoredCompletionFilter { Model = "other" }));
    }

    [Fact]
    public async Task List_ServiceThatRepeatsItsPage_Ends()
    {
        using RawServer server = RawServer.Answering(200, """{"object":"list","data":[{"id":"a","choices":[{"message":{"content":"x"}}]}],"last_id":"a","has_more":true}""");
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Single(await Engine.CollectAsync(connection.StoredCompletions.ListAsync(new StoredCompletionFilter(), CallSettings.None, CancellationToken.None)).WaitAsync(Engine.Patience));
    }

    [Fact]
    public async Task Get_WithConversation_CanBeContinued()
    {
        ChatRequest request = new()
        {
            Messages = [new ChatMessage("system", "Be brief."), new ChatMessage { Role = "user", Content = [ChatContent.FromText("see"), new ChatContent { Type = "image_url", Url = "https://example.com/a.png", Detail = "low" }] }],
            Store = true,
        };
        ChatCompletion answer = await _connection.Chat.CompleteAsync(request, CallSettings.None, RunPlan.None, CancellationToken.None);

        IReadOnlyList<ChatMessage> conversation = await Stored.GetMessagesAsync(answer.Id!, CallSettings.None, CancellationToken.None);
        ChatCompletion kept = await Stored.GetAsync(answer.Id!, conversation, CallSettings.None, CancellationToken.None);

        Assert.Equal(["system", "user", "assistant"], kept.Messages.Select(message => message.Role));
        Assert.Equal(("https://example.com/a.png", "low"), (kept.Messages[1].Content[1].Url, kept.Messages[1].Content[1].Detail));
        Assert.Equal((answer.Text, answer.Id, answer.Usage!.TotalTokens), (kept.Text, kept.Id, kept.Usage!.TotalTokens));
    }

    [Fact]
    public async Task Update_Metadata_ReplacesIt()
    {
        string id = (await StoreAsync("one", new Dictionary<string, string> { ["a"] = "1" })).Id!;

        ChatCompletion changed = await Stored.UpdateAsync(id, new Dictionary<string, string> { ["b"] = "2" }, CallSettings.None, CancellationToken.None);

        Assert.Equal([new("b", "2")], changed.Metadata);
        Assert.Equal([new("b", "2")], (await Stored.GetAsync(id, [], CallSettings.None, CancellationToken.None)).Metadata);
    }

    [Fact]
    public async Task Delete_Kept_IsGoneAndSaysWhatToDo()
    {
        string id = (await StoreAsync("one")).Id!;

        await Stored.DeleteAsync(id, CallSettings.None, CancellationToken.None);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => Stored.DeleteAsync(id, CallSettings.None, CancellationToken.None));
        Assert.Equal((404, ErrorIds.InvalidRequest), (failure.StatusCode, failure.ErrorId));
        Assert.Contains("Get-ChatCompletion", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.NotNull(failure.RequestId);
    }

    [Fact]
    public async Task Calls_Always_AreCountedWithoutTokens()
    {
        ChatCompletion answer = await StoreAsync("one");
        await ListAsync(new StoredCompletionFilter());
        await Stored.GetAsync(answer.Id!, [], CallSettings.None, CancellationToken.None);

        Assert.Equal(answer.Usage!.TotalTokens, _usage.Read((_, _) => true).Sum(total => total.TotalTokens));
        Assert.Equal((3, 0), (_usage.Read((_, _) => true).Sum(total => total.Requests), _usage.Read((_, _) => true).Sum(total => total.Failures)));
    }

    [Theory]
    [InlineData(17, 1, 1)]
    [InlineData(1, 65, 1)]
    [InlineData(1, 1, 513)]
    public async Task Update_MetadataThatIsTooMuch_IsRefusedBeforeItIsSent(int entries, int key, int value)
    {
        Dictionary<string, string> metadata = Enumerable.Range(0, entries).ToDictionary(index => new string((char)('a' + index), key), _ => new string('v', value));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => Stored.UpdateAsync("c", metadata, CallSettings.None, CancellationToken.None));

        Assert.Contains("-Metadata", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_server.GetRequests());
    }

    private Task<List<ChatCompletion>> ListAsync(StoredCompletionFilter filter) =>
        Engine.CollectAsync(Stored.ListAsync(filter, CallSettings.None, CancellationToken.None)).WaitAsync(Engine.Patience);

    private Task<ChatCompletion> StoreAsync(string prompt, IReadOnlyDictionary<string, string>? metadata = null) =>
        _connection.Chat.CompleteAsync(Engine.Ask(prompt) with { Store = true, Metadata = metadata }, CallSettings.None, RunPlan.None, CancellationToken.None);

    private async Task<string[]> StoreAsync(int count)
    {
        List<string> ids = [];
        for (int i = 0; i < count; i++)
        {
            ids.Add((await StoreAsync($"p{i}")).Id!);
        }

        return [.. ids];
    }

    private int Requests(string method) => _server.GetRequests().Count(request => request.Method == method);
}
