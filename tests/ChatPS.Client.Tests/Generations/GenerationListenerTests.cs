using System.Net;
using System.Net.Sockets;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

public sealed class GenerationListenerTests
{
    private static readonly HttpClient Caller = new();

    [Theory]
    [InlineData("""{"id":"t1","status":"SUCCESS"}""")]
    [InlineData("""{"code":200,"data":{"callbackType":"complete","task_id":"t1","data":[{"id":"song"}]}}""")]
    [InlineData("""[{"data":{"taskId":"t1"}}]""")]
    public async Task Call_OfATaskThatIsWaitedFor_MakesTheWaiterLook(string body)
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"id":"t1","action":"IMAGINE","status":"IN_PROGRESS","progress":"10%"}""", headers: "Retry-After: 60"),
            RawServer.Answer(200, """{"id":"t1","action":"IMAGINE","status":"SUCCESS","imageUrl":"https://cdn.example.com/1.png"}"""));
        using ServiceConnection connection = Engine.Connect(server);
        using GenerationWaiter waiter = new(8);
        using GenerationListener listener = GenerationListener.Start(0, waiter);
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<ChatGeneration> wait = waiter.WaitAsync(connection.Generations, new ChatGeneration { Id = "t1", Service = "Midjourney" }, CallSettings.None, _ => seen.TrySetResult(), default);
        await seen.Task.WaitAsync(Engine.Patience);

        using HttpResponseMessage answer = await Caller.PostAsync(listener.Address, new StringContent(body));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(ChatGenerationStatus.Succeeded, (await wait.WaitAsync(Engine.Patience)).Status);
    }

    [Theory]
    [InlineData("""{"id":"other"}""")]
    [InlineData("""{"prompt":"t1"}""")]
    [InlineData("t1")]
    [InlineData("")]
    [InlineData("[[[[")]
    [InlineData("null")]
    [InlineData("""{"id":"\ud800"}""")]
    [InlineData("""{"\ud800":"t1"}""")]
    [InlineData("""{"\ud800":{"id":"\udfff"},"id":7e999}""")]
    public async Task Call_OfNothingThatIsWaitedFor_IsNotFound(string body)
    {
        using GenerationWaiter waiter = new(8);
        using GenerationListener listener = GenerationListener.Start(0, waiter);

        using HttpResponseMessage answer = await Caller.PostAsync(listener.Address, new StringContent(body));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(waiter.Hasten("t1"));
    }

    [Fact]
    public async Task Call_TooLongOrNoPost_IsRefused()
    {
        using GenerationWaiter waiter = new(8);
        using GenerationListener listener = GenerationListener.Start(0, waiter);

        using HttpResponseMessage read = await Caller.GetAsync(listener.Address);
        using HttpResponseMessage huge = await Caller.PostAsync(listener.Address, new StringContent($$"""{"id":"{{new string('x', 2_000_000)}}"}"""));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, read.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, huge.StatusCode);
    }

    [Theory]
    [InlineData("""{"\ud800":"x","id":"t1"}""")]
    [InlineData("""[{"id":"\ud800"},{"task_id":"t1"}]""")]
    public async Task Call_WithOddMembersBeside_IsHeardAllTheSame(string body)
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));
        using GenerationWaiter waiter = new(8);
        using GenerationListener listener = GenerationListener.Start(0, waiter);
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeGenerations family = new((_, look) => look > 1 ? new GenerationState { RawStatus = "done", Text = "x" } : new GenerationState { RawStatus = "running", PollAfter = TimeSpan.FromMinutes(5) });
        Task<ChatGeneration> wait = waiter.WaitAsync(new GenerationService(connection, [family]), new ChatGeneration { Id = "t1", Service = "Fake" }, CallSettings.None, _ => seen.TrySetResult(), default);
        await seen.Task.WaitAsync(Engine.Patience);

        using HttpResponseMessage answer = await Caller.PostAsync(listener.Address, new StringContent(body));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await wait.WaitAsync(Engine.Patience);
    }

    [Fact]
    public async Task Call_BehindManyThatSendHalfABody_IsAnswered()
    {
        using GenerationWaiter waiter = new(8);
        using GenerationListener listener = GenerationListener.Start(0, waiter);
        TcpClient[] slow = [.. Enumerable.Range(0, 80).Select(_ => new TcpClient(IPAddress.Loopback.ToString(), listener.Address.Port))];
        try
        {
            foreach (TcpClient caller in slow)
            {
                await caller.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: {listener.Address.Authority}\r\nContent-Length: 100\r\n\r\n{{"));
            }

            using HttpResponseMessage answer = await Caller.PostAsync(listener.Address, new StringContent("""{"id":"t1"}""")).WaitAsync(Engine.Patience);

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        finally
        {
            Array.ForEach(slow, caller => caller.Dispose());
        }
    }

    [Fact]
    public void Start_PortThatIsTaken_NamesParameterAndPort()
    {
        TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        try
        {
            int port = ((IPEndPoint)taken.LocalEndpoint).Port;
            using GenerationWaiter waiter = new(8);

            ChatServiceException failure = Engine.AssertInvalid(() => GenerationListener.Start(port, waiter));

            Assert.Contains($"-ListenPort: nothing can be heard on port {port}", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            taken.Stop();
        }
    }

    [Fact]
    public async Task Dispose_StopsListening()
    {
        using GenerationWaiter waiter = new(8);
        GenerationListener listener = GenerationListener.Start(0, waiter);

        listener.Dispose();

        await Assert.ThrowsAsync<HttpRequestException>(() => Caller.PostAsync(listener.Address, new StringContent("{}")));
    }
}
