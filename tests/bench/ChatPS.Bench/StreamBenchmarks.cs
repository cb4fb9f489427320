using BenchmarkDotNet.Attributes;

namespace ChatPS.Bench;

/// <summary>A streamed answer, from the socket to the updates that a user gets; the figures are for one piece.</summary>
public class StreamBenchmarks
{
    private const int Pieces = 10_000;

    private EngineUnderTest _engine = null!;

    /// <summary>Starts the server.</summary>
    [GlobalSetup]
    public void Start() => _engine = new EngineUnderTest("text/event-stream", Samples.Stream(Pieces));

    /// <summary>Stops it.</summary>
    [GlobalCleanup]
    public void Stop() => _engine.Dispose();

    /// <summary>Reads it.</summary>
    [Benchmark(OperationsPerInvoke = Pieces)]
    public Task<int> Read() => _engine.StreamAsync();
}
