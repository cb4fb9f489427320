using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>What the tests of single families share: what goes out, and what an answer means.</summary>
public abstract class FamilyTest
{
    private protected static readonly GenerationPicture Fox = GenerationPicture.At("https://example.com/fox.png");
    private protected static readonly GenerationPicture Hen = GenerationPicture.At("data:image/png;base64,AAAA");

    private protected static Dictionary<string, object?> Given(params (string Name, object? Value)[] given) => given.ToDictionary(one => one.Name, one => one.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Hands in a task, and checks what went out.</summary>
    private protected static async Task<ChatGeneration> SubmitAsync(GenerationRequest request, string answer, string line, string body, string path = "/v1")
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(new Uri(server.BaseUri, path));
        ChatGeneration task = await connection.Generations.SubmitAsync(request, CallSettings.None, default).WaitAsync(Engine.Patience);
        RawExchange sent = Assert.Single(server.Exchanges);
        Assert.StartsWith(line + " ", sent.Head, StringComparison.Ordinal);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(body).RootElement, JsonDocument.Parse(sent.Body).RootElement), sent.Body);
        return task;
    }

    /// <summary>Looks at a task, and checks what was asked.</summary>
    private protected static async Task<ChatGeneration> LookAsync(ChatGeneration task, string answer, string line, string body = "", string header = "", string path = "/v1")
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(new Uri(server.BaseUri, path));
        ChatGeneration now = await connection.Generations.LookAsync(task, CallSettings.None, default).WaitAsync(Engine.Patience);
        RawExchange sent = Assert.Single(server.Exchanges);
        Assert.StartsWith(line + " ", sent.Head, StringComparison.Ordinal);
        Assert.Equal(body, sent.Body);
        Assert.Contains(header, sent.Head, StringComparison.OrdinalIgnoreCase);
        return now;
    }

    /// <summary>Hands in what is refused before anything is sent.</summary>
    private protected static ChatServiceException Refused(GenerationRequest request)
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));
        return Engine.AssertInvalid(() => connection.Generations.Prepare(request));
    }
}
