using System.Net.Http.Headers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using ChatPS.Api.Chat;
using ChatPS.Api.Models;

namespace ChatPS.Bench;

/// <summary>One call over loopback, through everything the engine has, beside a bare client with the same JSON.</summary>
public class CallBenchmarks
{
    private EngineUnderTest _engine = null!;
    private HttpClient _client = null!;
    private Uri _address = null!;

    /// <summary>Starts the server.</summary>
    [GlobalSetup]
    public void Start()
    {
        _engine = new EngineUnderTest("application/json", Samples.Answer);
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false });
        _address = new Uri(_engine.BaseUri + "/chat/completions");
    }

    /// <summary>Stops it.</summary>
    [GlobalCleanup]
    public void Stop()
    {
        _client.Dispose();
        _engine.Dispose();
    }

    /// <summary>A bare client.</summary>
    [Benchmark(Baseline = true)]
    public async Task<string?> BareHttpClient()
    {
        ChatCompletionRequest request = new() { Model = Samples.Model, Messages = [new ChatRequestMessage { Role = "user", Content = new MessageContent(Samples.Question) }] };
        using ByteArrayContent content = new(JsonSerializer.SerializeToUtf8Bytes(request, ChatJsonContext.Default.ChatCompletionRequest))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
        using HttpResponseMessage response = await _client.PostAsync(_address, content);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        ChatCompletionResponse? answer = await JsonSerializer.DeserializeAsync(stream, ChatJsonContext.Default.ChatCompletionResponse);
        return answer?.Id;
    }

    /// <summary>The engine.</summary>
    [Benchmark]
    public Task<ChatCompletion> Engine() => _engine.CompleteAsync();
}
