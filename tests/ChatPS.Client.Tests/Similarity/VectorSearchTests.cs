using ChatPS.Client.Similarity;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Similarity;

/// <summary>The search beside the plainest one in double precision.</summary>
public sealed class VectorSearchTests
{
    private const double Tolerance = 1e-5;

    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(150);

    // Few values, so that there are equal vectors and equal scores; among them vectors of the length 0.
    private static readonly Gen<float> Numbers = Gen.OneOf(Gen.Elements(0f, 0f, 1f, -1f, 0.5f), Gen.Choose(-1000, 1000).Select(number => number / 250f));

    private static readonly Gen<(float[][] Vectors, float[][] Queries, VectorMetric Metric, int Top)> Samples =
        from dimension in Gen.OneOf(Gen.Choose(1, 5), Gen.Choose(6, 130), Gen.Elements(16, 64, 256))
        from count in Gen.Choose(1, 90)
        from queries in Gen.Choose(1, 9)
        from vectors in Vectors(dimension, count)
        from wanted in Vectors(dimension, queries)
        from twice in Gen.Choose(0, count - 1)
        from metric in Gen.Elements(VectorMetric.Cosine, VectorMetric.DotProduct, VectorMetric.Euclidean)
        from top in Gen.Choose(1, 12)
        select ((float[][])[.. vectors, vectors[twice], vectors[twice]], wanted, metric, top);

    public static TheoryData<VectorMetric> Metrics => [VectorMetric.Cosine, VectorMetric.DotProduct, VectorMetric.Euclidean];

    [Fact]
    public void Find_AnyVectors_GivesWhatThePlainestSearchGives() => Check.One(Settings, Prop.ForAll(Arb.From(Samples), sample =>
    {
        VectorSet set = new();
        Array.ForEach(sample.Vectors, vector => set.Add(vector, "m"));
        IReadOnlyList<IReadOnlyList<VectorMatch>> found = set.Find(sample.Queries, sample.Metric, sample.Top, isExact: true, CancellationToken.None);

        Assert.Equal(sample.Queries.Length, found.Count);
        for (int query = 0; query < sample.Queries.Length; query++)
        {
            Same(sample.Vectors, sample.Queries[query], sample.Metric, sample.Top, found[query]);
        }
    }));

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Find_EqualVectors_GivesTheEarlierFirst(VectorMetric metric)
    {
        // More than a block holds, so that several threads find equal ones.
        float[] vector = [.. Enumerable.Range(0, 1001).Select(i => (float)Math.Sin(i))];
        VectorSet set = new();
        for (int i = 0; i < 3000; i++)
        {
            set.Add(vector, null);
        }

        for (int queries = 1; queries <= 5; queries += 4)
        {
            foreach (IReadOnlyList<VectorMatch> found in set.Find([.. Enumerable.Repeat(vector, queries)], metric, 7, isExact: true, CancellationToken.None))
            {
                Assert.Equal([0L, 1, 2, 3, 4, 5, 6], found.Select(match => match.Place));
            }
        }
    }

    [Fact]
    public void Find_NearestByDistance_TellsVectorsApartThatAreVeryNear()
    {
        VectorSet set = new();
        for (int i = 0; i < 500; i++)
        {
            set.Add([1000f, 1000f, i * 1e-3f], null);
        }

        Assert.Equal([0L, 1, 2], set.Find([[1000f, 1000f, 0f]], VectorMetric.Euclidean, 3, isExact: true, CancellationToken.None)[0].Select(match => match.Place));
    }

    [Fact]
    public void Add_OtherDimensionOrModel_IsRefused()
    {
        VectorSet set = new();
        set.Add([1f, 2f], "a");

        Assert.Contains("different lengths", Assert.Throws<ChatServiceException>(() => set.Add([1f], "a")).Message, StringComparison.Ordinal);
        Assert.Contains("different models", Assert.Throws<ChatServiceException>(() => set.Add([1f, 2f], "b")).Message, StringComparison.Ordinal);
        Assert.Contains("different lengths", Assert.Throws<ChatServiceException>(() => set.CheckQuery([1f], null, VectorMetric.Cosine)).Message, StringComparison.Ordinal);
        Assert.Contains("length 0", Assert.Throws<ChatServiceException>(() => set.CheckQuery([0f, 0f], null, VectorMetric.Cosine)).Message, StringComparison.Ordinal);
        set.CheckQuery([0f, 0f], null, VectorMetric.Euclidean);
        Assert.Equal(1, set.Count);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)]
    public void Add_WhatCannotBeCompared_IsRefused(float number)
    {
        VectorSet set = new();
        Assert.Throws<ChatServiceException>(() => set.Add([1f, number], null));
        Assert.Equal(0, set.Count);
        Assert.Equal(0, set.Dimension);
    }

    [Fact]
    public void Find_Cancelled_Ends()
    {
        VectorSet set = new();
        set.Add([1f], null);
        Assert.ThrowsAny<OperationCanceledException>(() => set.Find([[1f]], VectorMetric.Cosine, 1, isExact: true, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Measure_AnyVectors_DividesByBothLengths()
    {
        Assert.Equal(1, VectorMath.Measure([2, 0], [3, 0]).Cosine, 12);
        Assert.Equal(-1, VectorMath.Measure([2, 0], [-3, 0]).Cosine, 12);
        Assert.Equal((0, 0, 5), VectorMath.Measure([3, 0], [0, 4]));
        Assert.Equal(1, VectorMath.Measure([1e-200, 0], [1e200, 0]).Cosine, 12);
        Assert.Equal(5e180, VectorMath.Measure([3e180, 0], [0, 4e180]).Euclidean, 1e168);
        Assert.True(double.IsNaN(VectorMath.Measure([0, 0], [1, 0]).Cosine));
    }

    private static Gen<float[][]> Vectors(int dimension, int count) =>
        from vectors in Numbers.Several(dimension, dimension).Select(numbers => numbers.ToArray()).Several(count, count)
        select vectors.ToArray();

    internal static void Same(float[][] vectors, float[] query, VectorMetric metric, int top, IReadOnlyList<VectorMatch> found)
    {
        double[] scores = [.. vectors.Select(vector => Plain(metric, vector, query))];
        double[] best = metric == VectorMetric.Euclidean ? [.. scores.Order().Take(top)] : [.. scores.OrderDescending().Take(top)];

        Assert.Equal(best.Length, found.Count);
        Assert.Equal(found.Count, found.Select(match => match.Place).Distinct().Count());
        for (int i = 0; i < best.Length; i++)
        {
            Assert.Equal(best[i], found[i].Score, Tolerance * Math.Max(1, Math.Abs(best[i])));
            Assert.Equal(scores[found[i].Place], found[i].Score, 1e-9 * Math.Max(1, Math.Abs(best[i])));
            Assert.True(i == 0 || found[i - 1].Score != found[i].Score || found[i - 1].Place < found[i].Place, "of equal ones the earlier comes first");
        }

        // Of equal vectors the earlier ones are found.
        foreach (VectorMatch match in found)
        {
            for (int earlier = 0; earlier < match.Place; earlier++)
            {
                Assert.True(!vectors[earlier].AsSpan().SequenceEqual(vectors[match.Place]) || found.Any(other => other.Place == earlier));
            }
        }
    }

    private static double Plain(VectorMetric metric, float[] one, float[] other)
    {
        double dot = one.Zip(other, (a, b) => (double)a * b).Sum();
        double lengths = Math.Sqrt(one.Sum(a => (double)a * a)) * Math.Sqrt(other.Sum(b => (double)b * b));
        return metric switch
        {
            VectorMetric.DotProduct => dot,
            VectorMetric.Euclidean => Math.Sqrt(one.Zip(other, (a, b) => ((double)a - b) * ((double)a - b)).Sum()),
            _ => lengths > 0 ? dot / lengths : 0,
        };
    }
}
