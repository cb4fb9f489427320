using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using ChatPS.Client.Similarity;

namespace ChatPS.Bench;

/// <summary>Searches a file of a million vectors, beside a bare read of the same memory by as many threads.</summary>
/// <param name="path">Where the file is made; it stays there.</param>
/// <param name="count">How many vectors.</param>
/// <param name="rounds">How often each way is timed.</param>
internal sealed class SimilarRun(string path, int count, int rounds)
{
    private const int Dimension = 256;
    private const int Top = 10;
    private const int AtOnce = 8;
    private const int Clusters = 1000;
    private const int RecallQueries = 200;

    // The runtime compiles what it calls often once more.
    private const int WarmUps = 40;

    private readonly Random _random = new(12);
    private readonly float[] _noise = new float[1 << 20];
    private readonly float[] _centres = new float[Clusters * Dimension];

    /// <summary>Runs it.</summary>
    /// <returns>The figures, as JSON.</returns>
    public string Run()
    {
        Fill(_noise);
        Fill(_centres);
        Write();
        (double load, double loadClock) = Load();
        using VectorFile file = VectorFile.Open(path);
        VectorSet set = new();
        set.Add(file);
        float[][] queries = [.. Enumerable.Range(0, RecallQueries).Select(_ => Sample())];

        // What is timed next to each other is compared.
        List<double> read = [];
        List<double> one = [];
        List<double> eight = [];
        List<double> codes = [];
        for (int round = -WarmUps; round < rounds; round++)
        {
            double[] times =
            [
                Time(() => Sum(file)),
                Time(() => Find(set, [queries[round + WarmUps]], isExact: true)),
                Time(() => Find(set, queries[..AtOnce], isExact: true)),
                Time(() => Find(set, [queries[round + WarmUps]], isExact: false)),
            ];
            if (round >= 0)
            {
                read.Add(times[0]);
                one.Add(times[1]);
                eight.Add(times[2]);
                codes.Add(times[3]);
            }
        }

        return new JsonObject
        {
            ["Load"] = load,
            ["LoadClock"] = loadClock,
            ["Read"] = Numbers(read),
            ["One"] = Numbers(one),
            ["Eight"] = Numbers(eight),
            ["Codes"] = Numbers(codes),
            ["Recall"] = Recall(set, queries),
        }.ToJsonString();
    }

    private void Write()
    {
        using VectorFileWriter writer = VectorFileWriter.Open(path, VectorFileMode.Replace, "sandbox-mini", Dimension, hasCodes: true);
        for (int i = 0; i < count; i++)
        {
            writer.Add(Sample(), new VectorRecord(i.ToString(CultureInfo.InvariantCulture), null));
        }

        writer.Complete();
    }

    private (double Processor, double Clock) Load()
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long started = Stopwatch.GetTimestamp();
        VectorFile.Open(path).Dispose();
        double clock = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        process.Refresh();
        return ((process.TotalProcessorTime - before).TotalMilliseconds, clock);
    }

    private static void Sum(VectorFile file)
    {
        int next = -1;
        float[] sums = new float[Environment.ProcessorCount];
        Parallel.For(0, sums.Length, new ParallelOptions { MaxDegreeOfParallelism = sums.Length }, thread =>
        {
            for (int block = Interlocked.Increment(ref next); block < file.Blocks.Count; block = Interlocked.Increment(ref next))
            {
                sums[thread] += TensorPrimitives.Sum(file.Blocks[block].Vectors.Span);
            }
        });
    }

    private static double Recall(VectorSet set, float[][] queries)
    {
        IReadOnlyList<IReadOnlyList<VectorMatch>> exact = Find(set, queries, isExact: true);
        IReadOnlyList<IReadOnlyList<VectorMatch>> byCodes = Find(set, queries, isExact: false);
        return exact.Zip(byCodes, (right, found) => right.Select(match => match.Place).Intersect(found.Select(match => match.Place)).Count()).Sum() / (double)(Top * queries.Length);
    }

    private static IReadOnlyList<IReadOnlyList<VectorMatch>> Find(VectorSet set, float[][] queries, bool isExact) =>
        set.Find(queries, VectorMetric.Cosine, Top, isExact, CancellationToken.None);

    private static double Time(Action action)
    {
        long started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    // A centre, and about as much noise: neighbours are near, but none is by itself.
    private float[] Sample()
    {
        float[] vector = new float[Dimension];
        TensorPrimitives.Add(_centres.AsSpan(_random.Next(Clusters) * Dimension, Dimension), _noise.AsSpan(_random.Next(_noise.Length - Dimension), Dimension), vector);
        return vector;
    }

    private void Fill(Span<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
        }
    }

    private static JsonArray Numbers(List<double> numbers) => [.. numbers.Select(number => (JsonNode)number)];
}
