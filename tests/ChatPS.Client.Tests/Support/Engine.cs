using System.Security;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests;

/// <summary>Connections, requests and answers as the tests need them.</summary>
internal static class Engine
{
    public const string Key = "sk-test-0123456789abcdef";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Makes a connection that answers within the test's patience or fails.</summary>
    public static ServiceConnection Connect(Uri address, string? key = Key, TimeSpan? timeout = null, int maxRetry = 0, TimeProvider? time = null) => new(
        new ConnectionSettings
        {
            Dialect = KnownDialects.OpenAI,
            BaseUri = address,
            Key = key is null ? null : Secret(key),
            Model = "sandbox-mini",
            Timeout = timeout ?? ConnectionSettings.DefaultTimeout,
            MaxRetry = maxRetry,
        },
        time ?? TimeProvider.System,
        () => 0.5);

    public static ServiceConnection Connect(RawServer server, string? key = Key, TimeSpan? timeout = null, int maxRetry = 0, TimeProvider? time = null) =>
        Connect(server.BaseUri, key, timeout, maxRetry, time);

    public static ServiceConnection Connect(SandboxServer server, string? key = Key, TimeSpan? timeout = null, int maxRetry = 0, TimeProvider? time = null) =>
        Connect(server.BaseUri, key, timeout, maxRetry, time);

    /// <summary>Makes a connection of settings, in which the address and the model at least are given.</summary>
    public static ServiceConnection Connect(ConnectionSettings settings) => new(settings, TimeProvider.System, () => 0.5);

    public static ApiKey? Secret(string key)
    {
        using SecureString secret = new();
        foreach (char c in key)
        {
            secret.AppendChar(c);
        }

        return ApiKey.FromSecureString(secret);
    }

    public static ChatRequest Ask(string prompt = "hello") => new() { Messages = [new ChatMessage("user", prompt)] };

    public static Task<ChatCompletion> CompleteAsync(this ServiceConnection connection, string prompt = "hello", CallSettings? settings = null, CancellationToken cancellationToken = default) =>
        connection.Chat.CompleteAsync(Ask(prompt), settings ?? CallSettings.None, cancellationToken).WaitAsync(Patience, CancellationToken.None);

    public static Task<List<ChatCompletionUpdate>> StreamAsync(this ServiceConnection connection, ChatRequest? request = null) =>
        CollectAsync(connection.Chat.StreamAsync(request ?? Ask(), CallSettings.None, CancellationToken.None)).WaitAsync(Patience, CancellationToken.None);

    public static async Task<List<T>> CollectAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> all = [];
        await foreach (T item in items)
        {
            all.Add(item);
        }

        return all;
    }

    public static Task<ChatServiceException> FailAsync(this ServiceConnection connection) =>
        Assert.ThrowsAsync<ChatServiceException>(() => connection.CompleteAsync());

    public static Task<ChatServiceException> FailStreamAsync(this ServiceConnection connection, ChatRequest? request = null) =>
        Assert.ThrowsAsync<ChatServiceException>(() => connection.StreamAsync(request));

    public static ChatServiceException AssertInvalid(Action action)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(action);
        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.NotEmpty(failure.RecommendedAction);
        return failure;
    }

    /// <summary>Waits for what a server does on its own time.</summary>
    public static async Task Eventually(Func<bool> condition)
    {
        using CancellationTokenSource timeout = new(Patience);
        while (!condition())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public static string Answer(string text, string more = "") =>
        $$"""{"id":"c1","object":"chat.completion","created":1700000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":{{Json(text)}}},"finish_reason":"stop"}]{{more}}}""";

    public static string Json(object text) => PlainJson.Write(text, "test");

    /// <summary>The data of a chunk of a streamed chat.</summary>
    public static string Chunk(string delta, string? finish = null, int index = 0) =>
        $$"""{"id":"c1","created":1700000000,"model":"m","choices":[{"index":{{index}},"delta":{{delta}},"finish_reason":{{(finish is null ? "null" : Json(finish))}}}]}""";

    public static string Text(string text, string? finish = null, int index = 0) => Chunk($$"""{"content":{{Json(text)}}}""", finish, index);

    public static string Event(string data) => $"data: {data}\n\n";
}
