using BenchmarkDotNet.Attributes;
using ChatPS.Api;
using ChatPS.Api.Chat;
using ChatPS.Api.Models;
using ChatPS.Client.Json;

namespace ChatPS.Bench;

/// <summary>The JSON of an ordinary call.</summary>
public class JsonBenchmarks
{
    private readonly ChatCompletionRequest _request = new()
    {
        Model = Samples.Model,
        Temperature = 0.2,
        Messages =
        [
            new ChatRequestMessage { Role = "system", Content = new MessageContent("Answer in one sentence.") },
            new ChatRequestMessage { Role = "user", Content = new MessageContent(Samples.Question) },
        ],
    };

    /// <summary>Writes a request.</summary>
    [Benchmark]
    public ArraySegment<byte> WriteRequest() => WireJson.Write(_request, ChatRequestJsonContext.Default);

    /// <summary>Reads an answer.</summary>
    [Benchmark]
    public ChatCompletionResponse ReadAnswer() => WireJson.Read<ChatCompletionResponse>(Samples.Answer, ChatJsonContext.Default);

    /// <summary>Writes what a user gave as hashtables: a small tool.</summary>
    [Benchmark]
    public string WritePlain() => PlainJson.Write(Samples.Plain, "-Tool");
}
