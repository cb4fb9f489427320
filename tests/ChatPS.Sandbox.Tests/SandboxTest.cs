using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ChatPS.Sandbox.Tests;

/// <summary>A server and a client of its own for each test.</summary>
public abstract class SandboxTest : IDisposable
{
    private SandboxServer? _server;

    protected HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };

    protected SandboxServer Server => _server ??= SandboxServer.Start();

    public void Dispose()
    {
        Client.Dispose();
        _server?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static HttpContent Json(string json)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    protected static string Chat(string prompt, string more = "") =>
        $$"""{"model":"sandbox-mini","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":{{JsonSerializer.Serialize(prompt)}}}]{{more}}}""";

    /// <summary>Waits for what the server does on its own time.</summary>
    protected static async Task Eventually(Func<bool> condition)
    {
        using CancellationTokenSource timeout = new(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    protected SandboxServer Start(SandboxOptions options) => _server = SandboxServer.Start(options);

    protected Uri Address(string path) => new($"http://127.0.0.1:{Server.Port}{path}");

    protected Task<HttpResponseMessage> PostAsync(string path, string json) => Client.PostAsync(Address(path), Json(json));

    /// <summary>Posts and returns the JSON of an answer that must be a success.</summary>
    protected async Task<JsonElement> AskAsync(string path, string json)
    {
        using HttpResponseMessage response = await PostAsync(path, json);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return Parse(text);
    }

    protected Task<JsonElement> AskChatAsync(string prompt, string more = "") => AskAsync("/v1/chat/completions", Chat(prompt, more));

    /// <summary>Posts and returns the error of an answer that must be one.</summary>
    protected async Task<JsonElement> FailAsync(int status, string path, string json)
    {
        using HttpResponseMessage response = await PostAsync(path, json);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        JsonElement error = Parse(text).GetProperty("error");
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(member => member.Name));
        return error;
    }

    /// <summary>The data of all events of a stream.</summary>
    protected async Task<List<string>> StreamAsync(string path, string json)
    {
        using HttpResponseMessage response = await PostAsync(path, json);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        string text = await response.Content.ReadAsStringAsync();
        return text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(block => block.Split('\n').Single(line => line.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..])
            .ToList();
    }

    protected static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    protected static string ContentOf(JsonElement completion, int choice = 0) =>
        completion.GetProperty("choices")[choice].GetProperty("message").GetProperty("content").GetString()!;
}
