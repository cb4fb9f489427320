using System.Net;
using System.Net.Sockets;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Generations;

/// <summary>What a further run makes of the tasks in a checkpoint: nothing is handed in twice, and nothing is lost.</summary>
public sealed class KeptGenerationTests : IDisposable
{
    private const string Taken = """{"code":1,"description":"ok","result":"t1"}""";

    private readonly CheckpointFolder _folder = new();
    private readonly SemaphoreSlim _one = new(1);

    public void Dispose()
    {
        _folder.Dispose();
        _one.Dispose();
    }

    [Fact]
    public async Task Run_Again_GivesTheSameTasksAndHandsInNothing()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);

        IReadOnlyList<ChatGeneration> first = [await RunAsync(connection, "a fox"), await RunAsync(connection, "a hen")];
        int asked = sandbox.GetRequests().Count;
        IReadOnlyList<ChatGeneration> again = [await RunAsync(connection, "a hen", index: 7), await RunAsync(connection, "a fox")];

        Assert.Equal(asked, sandbox.GetRequests().Count);
        Assert.Equal((first[1].Id, "Midjourney", "Imagine", "a hen", 7, first[1].Connection), (again[0].Id, again[0].Service, again[0].Action, again[0].Prompt, again[0].Index, again[0].Connection));
        Assert.Equal((first[0].Id, first[0].SubmittedAt, ChatGenerationStatus.NotStarted), (again[1].Id, again[1].SubmittedAt, again[1].Status));
        using GenerationWaiter waiter = new(1);
        Assert.Equal(ChatGenerationStatus.Succeeded, (await waiter.WaitAsync(connection.Generations, again[1], CallSettings.None, null, default)).Status);
    }

    [Fact]
    public async Task Run_OfEqualPrompts_KeepsATaskForEach()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);

        string[] first = await RunAllAsync(connection, "a fox", "a fox");
        string[] again = await RunAllAsync(connection, "a fox", "a fox", "a fox");

        Assert.NotEqual(first[0], first[1]);
        Assert.Equal(first, again.Take(2));
        Assert.Equal(3, sandbox.GetRequests().Count);
    }

    [Theory]
    [InlineData(200, """{"code":24,"description":"banned word","result":null}""")]
    [InlineData(200, """{"code":23,"description":"queue full","result":null}""")]
    [InlineData(200, """{"code":4,"description":"bad words","result":null}""")]
    [InlineData(200, """{"code":429,"description":"slow down"}""")]
    [InlineData(200, """{"code":77,"description":"The prompt holds a sensitive word."}""")]
    [InlineData(400, """{"error":{"message":"no such parameter","code":"invalid_parameter"}}""")]
    [InlineData(400, """{"description":"no channel","type":"new_api_error","code":"4"}""")]
    [InlineData(401, "{}")]
    [InlineData(402, "{}")]
    [InlineData(403, "{}")]
    [InlineData(404, "{}")]
    [InlineData(413, "{}")]
    [InlineData(422, """{"detail":"The prompt is too long."}""")]
    [InlineData(429, "{}")]
    [InlineData(503, """{"error":{"message":"The engine is currently overloaded."}}""")]
    [InlineData(503, "no healthy upstream")]
    public async Task Run_AfterARefusal_AsksAgain(int status, string answer)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(status, answer), RawServer.Answer(200, Taken));
        using ServiceConnection connection = Engine.Connect(server);

        await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, "a fox"));

        Assert.Equal("t1", (await RunAsync(connection, "a fox")).Id);
        Assert.Equal("t1", (await RunAsync(connection, "a fox")).Id);
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Fact]
    public async Task Run_WhereNobodyWasThere_AsksAgain()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        Uri nobody = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/v1");
        free.Stop();
        using ServiceConnection closed = Engine.Connect(nobody);
        using RawServer server = RawServer.Answering(200, Taken);
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal(ErrorIds.ConnectionFailed, (await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(closed, "a fox"))).ErrorId);

        Assert.Equal("t1", (await RunAsync(connection, "a fox")).Id);
    }

    [Theory]
    [InlineData(200, """{"code":9,"description":"internal","result":null}""")]
    [InlineData(200, """{"code":9,"description":"It went wrong.","result":null}""")]
    [InlineData(200, """{"code":5000,"description":"Server internal error"}""")]
    [InlineData(200, """{"code":5002,"description":"invalid: internal timeout"}""")]
    [InlineData(200, """{"code":499,"description":"closed"}""")]
    [InlineData(200, """{"code":500,"description":"invalid"}""")]
    [InlineData(400, """{"code":"timeout","message":"upstream timed out"}""")]
    [InlineData(400, """{"error":{"message":"bad","code":"upstream_error"}}""")]
    [InlineData(400, """{"error":{"message":"Internal error"}}""")]
    [InlineData(409, "{}")]
    [InlineData(499, "client closed")]
    [InlineData(502, "{}")]
    [InlineData(503, "{}")]
    [InlineData(503, "upstream connect error or disconnect/reset before headers. reset reason: connection termination")]
    [InlineData(503, "upstream request timeout: server busy")]
    public async Task Run_AfterADoubtfulAnswer_IsNotKnown(int status, string answer)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(status, answer), RawServer.Answer(200, Taken));
        using ServiceConnection connection = Engine.Connect(server);

        await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, "a fox"));

        Assert.Contains("-Resubmit", (await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, "a fox"))).RecommendedAction, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Run_AfterABusyServiceThatSaysWhenToComeAgain_AsksAgain()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(503, "{}", headers: "Retry-After: 0"), RawServer.Answer(200, Taken));
        using ServiceConnection connection = Engine.Connect(server);

        await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, "a fox"));

        Assert.Equal("t1", (await RunAsync(connection, "a fox")).Id);
    }

    [Theory]
    [InlineData(503, "{}", null, 1)]
    [InlineData(503, "upstream connect error or disconnect/reset before headers", null, 1)]
    [InlineData(503, "{}", "Retry-After: 0", 2)]
    [InlineData(503, """{"error":{"message":"Server is busy"}}""", null, 2)]
    [InlineData(429, "{}", "Retry-After: 0", 2)]
    [InlineData(500, "{}", null, 1)]
    [InlineData(408, "{}", null, 1)]
    public async Task Submit_ThatFailed_IsSentAgainOnlyWhereItWasRefused(int status, string answer, string? header, int sent)
    {
        using RawServer server = RawServer.Start(header is null ? RawServer.Answer(status, answer) : RawServer.Answer(status, answer, headers: header), RawServer.Answer(200, Taken));
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 1);

        Task<ChatGeneration> submit = connection.Generations.SubmitAsync(new GenerationRequest { Service = "Midjourney", Prompt = "a fox" }, CallSettings.None, default);
        if (sent == 1)
        {
            await Assert.ThrowsAsync<ChatServiceException>(() => submit);
        }
        else
        {
            Assert.Equal("t1", (await submit).Id);
        }

        Assert.Equal(sent, server.Exchanges.Count);
    }

    public static TheoryData<string> Doubts => ["reset", "500", "408", "no id", "no answer", "half"];

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task Run_WhereItIsNotKnown_IsAnErrorWithTheWayOut(string doubt)
    {
        using RawServer server = RawServer.Start(
            doubt switch
            {
                "reset" => exchange =>
                {
                    exchange.Reset();
                    return Task.CompletedTask;
                },
                "half" => exchange => exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{\"code\":1,"u8.ToArray()),
                "no id" => RawServer.Answer(200, """{"code":1,"description":"ok"}"""),
                "no answer" => RawServer.Answer(200, "<html>"),
                _ => RawServer.Answer(int.Parse(doubt, System.Globalization.CultureInfo.InvariantCulture), "{}"),
            },
            RawServer.Answer(200, Taken));
        using ServiceConnection connection = Engine.Connect(server, timeout: doubt == "half" ? TimeSpan.FromSeconds(0.2) : null);
        await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, "a fox"));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, "a fox"));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains("-Resubmit", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
        Assert.Equal("t1", (await RunAsync(connection, "a fox", resubmit: true)).Id);
        Assert.Equal("t1", (await RunAsync(connection, "a fox")).Id);
        Assert.Equal("t1", (await RunAsync(connection, "a fox", resubmit: true)).Id);
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Fact]
    public async Task File_OfTasks_HoldsNoPicture()
    {
        using RawServer server = RawServer.Answering(200, Taken);
        using ServiceConnection connection = Engine.Connect(server);

        await RunAsync(connection, "a fox", parameters: ("Image", new List<object?> { GenerationPicture.At("data:image/png;base64,c2VjcmV0") }));

        Assert.DoesNotContain("c2VjcmV0", System.Text.Encoding.UTF8.GetString(_folder.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithAnotherPicture_IsAnotherTask()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);

        string[] ids = [.. await Task.WhenAll(new[] { "https://example.com/a.png", "https://example.com/b.png", "https://example.com/a.png" }.Select(async picture =>
            (await RunAsync(connection, "a fox", parameters: ("Image", new List<object?> { GenerationPicture.At(picture) }))).Id))];

        Assert.Equal(2, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(2, sandbox.GetRequests().Count);
    }

    private async Task<ChatGeneration> RunAsync(ServiceConnection connection, string prompt, int index = 0, bool resubmit = false, params (string Name, object? Value)[] parameters)
    {
        await _one.WaitAsync();
        try
        {
            using Checkpoint checkpoint = _folder.Open();
            return await SubmitAsync(connection, checkpoint, prompt, index, resubmit, parameters);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<string[]> RunAllAsync(ServiceConnection connection, params string[] prompts)
    {
        using Checkpoint checkpoint = _folder.Open();
        List<string> ids = [];
        foreach (string prompt in prompts)
        {
            ids.Add((await SubmitAsync(connection, checkpoint, prompt, ids.Count, resubmit: false, [])).Id);
        }

        return [.. ids];
    }

    private static async Task<ChatGeneration> SubmitAsync(ServiceConnection connection, Checkpoint checkpoint, string prompt, int index, bool resubmit, (string Name, object? Value)[] parameters)
    {
        GenerationRequest request = connection.Generations.Prepare(new GenerationRequest
        {
            Service = "Midjourney",
            Prompt = prompt,
            Input = prompt,
            Index = index,
            Parameters = parameters.ToDictionary(given => given.Name, given => given.Value, StringComparer.OrdinalIgnoreCase),
        });
        CheckpointSlot slot = connection.Generations.Claim(request, CallSettings.None, checkpoint);
        return KeptGenerations.Restore(slot, request, resubmit) ?? await KeptGenerations.SubmitAsync(connection.Generations, request, slot, CallSettings.None, default);
    }
}
