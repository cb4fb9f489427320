using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Client.Text;

namespace ChatPS.Client.Tests.Calls;

/// <summary>A body that begins and does not end: neither the time limit nor the user may have to wait for it.</summary>
public sealed class StalledAnswerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly Dictionary<string, Func<ServiceConnection, CallSettings, CancellationToken, Task>> Calls = new(StringComparer.Ordinal)
    {
        ["a whole chat"] = (connection, settings, token) => connection.Chat.CompleteAsync(Engine.Ask(), settings, token),
        ["a stream that is answered whole"] = (connection, settings, token) => Engine.CollectAsync(connection.Chat.StreamAsync(Engine.Ask(), settings, token)),
        ["a text completion"] = (connection, settings, token) => connection.Text.CompleteAsync(new TextRequest { Prompt = "p" }, settings, token),
        ["a list of models"] = (connection, settings, token) => connection.Models.ListAsync(settings, token),
    };

    public static TheoryData<string, string> Ways
    {
        get
        {
            TheoryData<string, string> ways = [];
            foreach (string call in Calls.Keys)
            {
                ways.Add(call, "Content-Length: 4000");
                ways.Add(call, "Transfer-Encoding: chunked");
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Call_BodyStalls_IsATimeout(string call, string length)
    {
        FakeTime time = new();
        using RawServer server = Stalling(length);
        using ServiceConnection connection = Engine.Connect(server, timeout: Limit, time: time);
        TaskCompletionSource head = new();

        Task answer = Calls[call](connection, WhenHeadIsThere(head), CancellationToken.None);
        await head.Task.WaitAsync(Engine.Patience);
        time.Advance(Limit);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => answer.WaitAsync(Engine.Patience));

        Assert.Equal(ErrorIds.Timeout, failure.ErrorId);
        Assert.Contains("within 5 s", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Call_CancelledWhileTheBodyStalls_EndsAndHangsUp(string call, string length)
    {
        TaskCompletionSource closed = new();
        using RawServer server = Stalling(length, closed);
        using ServiceConnection connection = Engine.Connect(server);
        using CancellationTokenSource stop = new();
        TaskCompletionSource head = new();

        Task answer = Calls[call](connection, WhenHeadIsThere(head), stop.Token);
        await head.Task.WaitAsync(Engine.Patience);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.WaitAsync(Engine.Patience));
        await closed.Task.WaitAsync(Engine.Patience);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Call_ConnectionIsClosedWhileTheBodyStalls_SaysSo(string call, string length)
    {
        using RawServer server = Stalling(length);
        ServiceConnection connection = Engine.Connect(server);
        TaskCompletionSource head = new();

        Task answer = Calls[call](connection, WhenHeadIsThere(head), CancellationToken.None);
        await head.Task.WaitAsync(Engine.Patience);
        connection.Dispose();
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => answer.WaitAsync(Engine.Patience));

        Assert.Equal(ErrorIds.ConnectionFailed, failure.ErrorId);
        Assert.Contains("was closed during the call", failure.Message, StringComparison.Ordinal);
    }

    private static RawServer Stalling(string length, TaskCompletionSource? closed = null) => RawServer.Start(async exchange =>
    {
        const string begin = "{\"id\":\"c1\",\"choices\":[";
        bool isChunked = length.EndsWith("chunked", StringComparison.Ordinal);
        await exchange.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{length}\r\n\r\n{(isChunked ? $"{begin.Length:x}\r\n{begin}\r\n" : begin)}"));
        await exchange.WhenClosedAsync();
        closed?.TrySetResult();
    });

    private static CallSettings WhenHeadIsThere(TaskCompletionSource head) => new()
    {
        Verbose = line =>
        {
            if (line.Contains("200 OK after", StringComparison.Ordinal))
            {
                head.TrySetResult();
            }
        },
    };
}
