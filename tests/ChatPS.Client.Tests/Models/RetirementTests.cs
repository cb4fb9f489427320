using System.Collections.Concurrent;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Models;

public sealed class RetirementTests : IDisposable
{
    private readonly FakeTime _time = new();
    private readonly ConcurrentQueue<string> _warnings = [];
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"chatps-{Guid.NewGuid():N}");

    private CallSettings Settings => new() { Warning = _warnings.Enqueue };

    private string EndsPath => Path.Combine(_folder, "models.json");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(10.0, "retires on 2030-01-12, in 10 days.")]
    [InlineData(30.0, "retires on 2030-02-01, in 30 days.")]
    [InlineData(1.0, "retires on 2030-01-03, in 1 day.")]
    [InlineData(0.9, "retires on 2030-01-03, in 1 day.")]
    [InlineData(0.5, "retires on 2030-01-02, today.")]
    [InlineData(0.0, "was to retire on 2030-01-02, and may be gone any day.")]
    [InlineData(-3.0, "was to retire on 2029-12-30, and may be gone any day.")]
    [InlineData(31.0, null)]
    [InlineData(null, null)]
    public async Task Call_OfAModelThatIsKnownToEnd_WarnsWithinThirtyDays(double? days, string? expected)
    {
        // It is 03:04:05 in the morning.
        DateTimeOffset? end = days is { } number ? _time.GetUtcNow().AddDays(number) : null;
        using RawServer server = Serve($$"""{"id":"m","shutdown_date":{{(end is { } time ? $"\"{time:yyyy-MM-dd'T'HH:mm:ss'Z'}\"" : "null")}}}""");
        using ServiceConnection connection = Connect(server);
        await connection.Models.GetAsync("m", CallSettings.None, CancellationToken.None);

        await connection.CompleteAsync(settings: Settings);

        Assert.Equal(expected is null ? [] : [$"The model 'm' of connection 'Default' {expected} Get-ChatModel shows what there is."], _warnings);
    }

    [Fact]
    public async Task Call_ManyInADay_WarnOnceAndNameTheReplacement()
    {
        using RawServer server = Serve("""{"id":"m","shutdown_date":"2030-01-20","replacement":"n\u001b[2J"}""");
        using ServiceConnection connection = Connect(server);
        await connection.Models.GetAsync("m", CallSettings.None, CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => connection.CompleteAsync(settings: Settings)));
        Assert.Equal("The model 'm' of connection 'Default' retires on 2030-01-20, in 18 days. The service names 'n\uFFFD[2J' in its place. Get-ChatModel shows what there is.", Assert.Single(_warnings));

        _time.Advance(TimeSpan.FromDays(1));
        await connection.CompleteAsync(settings: Settings);
        Assert.Equal(2, _warnings.Count);
    }

    [Fact]
    public async Task Call_QuietOrFailed_DoesNotWarnAndLeavesItToTheNext()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"id":"m","shutdown_date":"2030-01-20"}"""), RawServer.Answer(200, Engine.Answer("hi")), RawServer.Answer(500, "{}"), RawServer.Answer(200, Engine.Answer("hi")));
        using ServiceConnection connection = Connect(server);
        await connection.Models.GetAsync("m", CallSettings.None, CancellationToken.None);

        await connection.CompleteAsync(settings: Settings with { IsQuiet = true });
        await Assert.ThrowsAsync<ChatServiceException>(() => connection.CompleteAsync(settings: Settings));
        Assert.Empty(_warnings);

        await connection.CompleteAsync(settings: Settings);
        Assert.Single(_warnings);
    }

    [Fact]
    public async Task Call_WhereTheServiceTellsOfEnds_LooksOnceADayAndWarnsOnceADay()
    {
        using RawServer server = Serve("""{"id":"m","shutdown_date":"2030-01-20"}""");

        // Each connection stands for a process that a task starts: what one did, the next finds in the file.
        for (int run = 0; run < 3; run++)
        {
            await RunAsync(server);
        }

        Assert.Single(_warnings);
        Assert.Single(Looks(server));

        _time.Advance(TimeSpan.FromDays(1));
        await RunAsync(server);
        await RunAsync(server);
        Assert.Equal(2, _warnings.Count);
        Assert.Equal(2, Looks(server).Length);
    }

    [Fact]
    public async Task Call_WhereTheServiceDoesNotTell_LooksAtNothing()
    {
        using RawServer server = Serve("""{"id":"m","shutdown_date":"2030-01-20"}""");
        using ServiceConnection connection = Connect(server);

        await connection.CompleteAsync(settings: Settings);

        Assert.Empty(Looks(server));
        Assert.Empty(_warnings);
        Assert.False(Directory.Exists(_folder));
    }

    [Theory]
    [InlineData(404, "{}")]
    [InlineData(200, "no JSON")]
    [InlineData(500, "")]
    public async Task Call_LookThatFails_HarmsNothingAndIsNotMadeAgain(int status, string body)
    {
        using RawServer server = Serve(body, status);

        await RunAsync(server);
        await RunAsync(server);

        Assert.Empty(_warnings);
        Assert.Single(Looks(server));
    }

    [Fact]
    public async Task Call_WithALimitOfRequests_GoesBeforeTheLook()
    {
        using RawServer server = Serve("""{"id":"m"}""");
        using ServiceConnection connection = Connect(server, tells: true, perMinute: 60);

        // Both have the same limit, so that it is no wait that the clock is put forward by.
        TimeSpan limit = TimeSpan.FromSeconds(15);
        await connection.CompleteAsync(settings: Settings with { Timeout = limit });
        await _time.SkipWaitsAsync(connection.Watch.Look!, limit).WaitAsync(Engine.Patience);

        Assert.Equal(["POST /v1/chat/completions", "GET /v1/models/m"], server.Exchanges.Select(exchange => exchange.Head.Split(" HTTP")[0]));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""[null,{"service":"https://a"},{}]""")]
    [InlineData("""{"a":1}""")]
    public async Task Call_FileThatIsDamaged_IsAsGoodAsNone(string content)
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(EndsPath, content);
        using RawServer server = Serve("""{"id":"m","shutdown_date":"2030-01-20"}""");

        await RunAsync(server);
        await RunAsync(server);

        Assert.Single(_warnings);
    }

    [Fact]
    public async Task Call_FolderThatCannotBeMade_WarnsAllTheSame()
    {
        await File.WriteAllTextAsync(_folder, "");
        try
        {
            using RawServer server = Serve("""{"id":"m","shutdown_date":"2030-01-20"}""");

            await RunAsync(server);

            Assert.Single(_warnings);
        }
        finally
        {
            File.Delete(_folder);
        }
    }

    [Fact]
    public async Task Call_FileThatIsAPipe_DoesNotWait()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // It has no pipes among its files.
        }

        Directory.CreateDirectory(_folder);
        using (System.Diagnostics.Process make = System.Diagnostics.Process.Start("mkfifo", EndsPath))
        {
            await make.WaitForExitAsync();
        }

        using RawServer server = Serve("""{"id":"m","shutdown_date":"2030-01-20"}""");

        await Task.Run(() => RunAsync(server)).WaitAsync(Engine.Patience);

        Assert.Single(_warnings);
    }

    [Fact]
    public async Task Call_OfAModelThatIsGone_SuggestsNeitherItselfNorWhatEndsSoon()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"data":[{"id":"m-1","shutdown_date":"2029-12-11"},{"id":"m-2","shutdown_date":"2030-01-20"},{"id":"m-3","shutdown_date":"2031-01-20"}]}"""),
            RawServer.Answer(404, """{"error":{"message":"Not Found"}}"""));
        using ServiceConnection connection = Connect(server);
        KnownModels.Remember(server.BaseUri, [.. (await connection.Models.ListAsync(CallSettings.None, CancellationToken.None)).Select(model => model.Id)]);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Chat.CompleteAsync(Engine.Ask() with { Model = "m-1" }, CallSettings.None, CancellationToken.None));

        Assert.Equal("The service stopped offering 'm-1' on 2029-12-11. Did you mean m-3? See what there is with Get-ChatModel, and name it with -Model.", failure.RecommendedAction);
    }

    [Theory]
    [InlineData(404, """{"error":{"message":"Not Found"}}""", ErrorIds.ModelNotFound)]
    [InlineData(410, """{"error":{"message":"Gone"}}""", ErrorIds.ModelNotFound)]
    [InlineData(400, """{"error":{"message":"This model cannot be used."}}""", ErrorIds.ModelNotFound)]
    [InlineData(400, """{"error":{"message":"The model `m` has been retired."}}""", ErrorIds.ModelNotFound)]
    [InlineData(400, """{"error":{"message":"temperature is too high"}}""", ErrorIds.InvalidRequest)]
    public async Task Call_OfAModelWhoseEndIsPast_IsModelNotFoundAndNamesTheReplacement(int status, string body, string id)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(200, """{"id":"m","shutdown_date":"2029-12-11","replacement":"n"}"""), RawServer.Answer(status, body));
        using ServiceConnection connection = Connect(server);
        await connection.Models.GetAsync("m", CallSettings.None, CancellationToken.None);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(id, failure.ErrorId);
        Assert.Equal(id == ErrorIds.ModelNotFound, failure.RecommendedAction.StartsWith("The service stopped offering 'm' on 2029-12-11. It names 'n' in its place. ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_GeminiTellsInItsAnswer_Warns(bool isStream)
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Clock = _time.GetUtcNow });
        using ServiceConnection connection = new(
            new ConnectionSettings { Dialect = KnownDialects.Gemini, BaseUri = BaseAddress.OfHost(server.BaseUri, KnownDialects.Gemini).BaseUri, Model = "sandbox-retiring" }, _time, () => 0.5);

        if (isStream)
        {
            await Engine.CollectAsync(connection.Chat.StreamAsync(Engine.Ask(), Settings, CancellationToken.None));
        }

        await connection.CompleteAsync(settings: Settings);

        Assert.StartsWith("The model 'sandbox-retiring' of connection 'Default' retires on 2030-01-12, in 10 days.", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OpenAI")]
    [InlineData("Anthropic")]
    [InlineData("Gemini")]
    public async Task Sandbox_AnyDialect_PlaysModelsThatEnd(string name)
    {
        Dialect dialect = KnownDialects.Find(name, "-Dialect");
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Clock = _time.GetUtcNow, Models = ["sandbox-mini", "sandbox-retiring", "sandbox-retired"] });
        using ServiceConnection connection = new(new ConnectionSettings { Dialect = dialect, BaseUri = BaseAddress.OfHost(server.BaseUri, dialect).BaseUri, Model = "sandbox-retired" }, _time, () => 0.5);

        IReadOnlyList<ChatModel> models = await connection.Models.ListAsync(CallSettings.None, CancellationToken.None);
        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.ModelNotFound, failure.ErrorId);
        Assert.Equal(["sandbox-mini", "sandbox-retiring"], models.Select(model => model.Id));
        Assert.Equal([null, new DateTimeOffset(2030, 1, 12, 0, 0, 0, TimeSpan.Zero)], models.Select(model => model.RetiresAt));
    }

    [Fact]
    public async Task List_AnthropicsRetiredModels_AreThereForWhoAsks()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Models = ["sandbox-mini", "sandbox-retired"] });
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.Anthropic, BaseUri = BaseAddress.OfHost(server.BaseUri, KnownDialects.Anthropic).BaseUri, Model = "m" });

        ChatModel retired = Assert.Single(await connection.Models.ListAsync(new CallSettings { AdditionalQuery = new Dictionary<string, string> { ["lifecycle"] = "retired" } }, CancellationToken.None));

        Assert.Equal(("sandbox-retired", "retired"), (retired.Id, retired.Lifecycle));
    }

    private static string[] Looks(RawServer server) => [.. server.Exchanges.Select(exchange => exchange.Head.Split(" HTTP")[0]).Where(line => line.StartsWith("GET ", StringComparison.Ordinal))];

    private static RawServer Serve(string model, int status = 200) => RawServer.Start(exchange => exchange.Head.StartsWith("GET ", StringComparison.Ordinal)
        ? exchange.AnswerAsync(status, model, "application/json")
        : exchange.AnswerAsync(200, Engine.Answer("hi"), "application/json"));

    private ServiceConnection Connect(RawServer server, bool tells = false, int? perMinute = null)
    {
        ServiceConnection connection = new(
            new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, Model = "m", TellsRetirement = tells, RequestsPerMinute = perMinute, MaxRetry = 0 }, _time, () => 0.5);
        connection.KnownModels = new ModelMemory(connection.Settings, _time, tells ? new ModelEndFile(EndsPath) : null);
        return connection;
    }

    // The look may end before the answer or after it: the second call has it in any case.
    private async Task RunAsync(RawServer server)
    {
        using ServiceConnection connection = Connect(server, tells: true);
        await connection.CompleteAsync(settings: Settings);
        await (connection.Watch.Look ?? Task.CompletedTask).WaitAsync(Engine.Patience);
        await connection.CompleteAsync(settings: Settings);
    }
}
