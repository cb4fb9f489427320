using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ChatPS.Bench;

if (args is ["reader"])
{
    await MeasureReaderAsync();
    return;
}

if (args is ["similar", { } path, { } vectors, { } rounds])
{
    Console.WriteLine(new SimilarRun(path, int.Parse(vectors, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture)).Run());
    return;
}

// In this process: a project that BenchmarkDotNet writes for itself would not know our central versions.
IConfig config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(ConsoleLogger.Default)
    .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);

static async Task MeasureReaderAsync()
{
    const int Pieces = 50_000;
    using EngineUnderTest engine = new("text/event-stream", Samples.Stream(Pieces));
    List<double> rates = [];
    for (int round = 0; round < 12; round++)
    {
        long started = Stopwatch.GetTimestamp();
        await engine.StreamAsync();
        rates.Add(Pieces / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    // The first rounds run code that is not optimised yet.
    Console.WriteLine($"[{string.Join(",", rates.Skip(3).Select(rate => rate.ToString("0", CultureInfo.InvariantCulture)))}]");
}
