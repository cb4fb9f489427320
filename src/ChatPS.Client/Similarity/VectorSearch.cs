using System.Numerics.Tensors;

namespace ChatPS.Client.Similarity;

/// <summary>
/// Finds the vectors that are most like others. Each is read from memory once, for all queries. What seems best is scored again in
/// double precision, and with all its digits where bytes were compared.
/// </summary>
internal sealed class VectorSearch
{
    // What stays in a processor's cache while all queries are compared with it. A thread takes a whole block at a time: two that
    // read in turns from one stretch of memory read at half the speed.
    private const int TileBytes = 32 * 1024;

    // How many of the best by bytes are looked at again.
    private const int LeastCandidates = 100;
    private const int CandidatesEach = 8;

    private readonly IReadOnlyList<VectorBlock> _blocks;
    private readonly VectorQuery[] _queries;
    private readonly VectorMetric _metric;
    private readonly int _kept;
    private readonly bool _byCodes;
    private int _next = -1;

    private VectorSearch(IReadOnlyList<VectorBlock> blocks, VectorQuery[] queries, VectorMetric metric, int top, bool isExact)
    {
        _blocks = blocks;
        _queries = queries;
        _metric = metric;
        long count = blocks.Sum(block => (long)block.Count);
        _byCodes = !isExact && blocks.All(block => block.HasCodes);
        _kept = (int)Math.Min(count, _byCodes ? Math.Max(LeastCandidates, (long)top * CandidatesEach) : top);
    }

    /// <summary>Finds the best for each of several vectors.</summary>
    /// <param name="blocks">What is searched: vectors of one dimension.</param>
    /// <param name="queries">What is searched for, of the same dimension.</param>
    /// <param name="metric">How they are compared.</param>
    /// <param name="top">How many to find for each.</param>
    /// <param name="isExact">Whether the floats are compared where there are bytes, too.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>For each query the places of the best and their scores, the best first; of equal ones the earlier first.</returns>
    public static VectorHit[][] Find(
        IReadOnlyList<VectorBlock> blocks, IReadOnlyList<float[]> queries, VectorMetric metric, int top, bool isExact, CancellationToken cancellationToken)
    {
        VectorSearch search = new(blocks, [.. queries.Select(query => new VectorQuery(query, metric))], metric, top, isExact);
        TopHits[] found = search.Scan(cancellationToken);
        return [.. found.Select((hits, query) => search.Rescore(hits, query, top))];
    }

    private TopHits[] Scan(CancellationToken cancellationToken)
    {
        int threads = Math.Max(1, Math.Min(Environment.ProcessorCount, _blocks.Count));
        Task<TopHits[]>[] others = [.. Enumerable.Range(1, threads - 1).Select(_ => Task.Run(() => Work(cancellationToken), CancellationToken.None))];
        TopHits[] found;
        try
        {
            found = Work(cancellationToken);
        }
        finally
        {
            // Whatever happens here: what they read must stay as long as they read it.
            _ = Task.WhenAny(Task.WhenAll(others)).GetAwaiter().GetResult();
        }

        Task.WhenAll(others).GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        foreach (Task<TopHits[]> other in others)
        {
            for (int query = 0; query < found.Length; query++)
            {
                foreach ((float score, long place) in other.Result[query].Kept)
                {
                    found[query].Offer(score, place);
                }
            }
        }

        return found;
    }

    private TopHits[] Work(CancellationToken cancellationToken)
    {
        TopHits[] hits = [.. _queries.Select(_ => new TopHits(_kept))];
        int rows = _blocks.Count == 0 ? 1 : Math.Max(1, TileBytes / (_byCodes ? _blocks[0].CodeStride : _blocks[0].Stride * sizeof(float)));
        Span<float> scores = new float[rows * FourQueries.Count];
        for (int next = Interlocked.Increment(ref _next); next < _blocks.Count && !cancellationToken.IsCancellationRequested; next = Interlocked.Increment(ref _next))
        {
            VectorBlock block = _blocks[next];
            for (int row = 0; row < block.Count; row += rows)
            {
                int count = Math.Min(rows, block.Count - row);
                if (_byCodes)
                {
                    ByCodes(block, ((long)next << 32) + row, row, scores.Slice(0, count), hits);
                }
                else
                {
                    ByFloats(block, ((long)next << 32) + row, row, scores.Slice(0, count * FourQueries.Count), hits);
                }
            }
        }

        return hits;
    }

    private void ByFloats(VectorBlock block, long place, int row, Span<float> scores, TopHits[] hits)
    {
        int count = scores.Length / FourQueries.Count;
        int stride = block.Stride;
        ReadOnlySpan<float> vectors = block.Vectors.Span.Slice(row * stride, count * stride);
        ReadOnlySpan<float> norms = block.Norms.Span.Slice(row, count);
        int query = 0;
        for (; query <= _queries.Length - FourQueries.Count && _metric != VectorMetric.Euclidean; query += FourQueries.Count)
        {
            FourQueries.Dot(vectors, _queries.AsSpan(query, FourQueries.Count), scores);
            for (int one = 0; one < FourQueries.Count; one++)
            {
                Take(scores.Slice(one * count, count), norms, place, hits[query + one]);
            }
        }

        for (Span<float> some = scores.Slice(0, count); query < _queries.Length; query++)
        {
            ReadOnlySpan<float> wanted = _queries[query].Padded;
            for (int i = 0; i < some.Length; i++)
            {
                ReadOnlySpan<float> vector = vectors.Slice(i * stride, stride);
                ReadAhead.Behind(vector);
                some[i] = _metric == VectorMetric.Euclidean ? -TensorPrimitives.Distance(vector, wanted) : TensorPrimitives.Dot(vector, wanted);
            }

            Take(some, norms, place, hits[query]);
        }
    }

    private void ByCodes(VectorBlock block, long place, int row, Span<float> scores, TopHits[] hits)
    {
        int stride = block.CodeStride;
        ReadOnlySpan<sbyte> codes = block.Codes.Span.Slice(row * stride, scores.Length * stride);
        ReadOnlySpan<float> norms = block.Norms.Span.Slice(row, scores.Length);
        ReadOnlySpan<float> scales = block.Scales.Span.Slice(row, scores.Length);
        for (int query = 0; query < _queries.Length; query++)
        {
            Int8Codes.Dot(codes, _queries[query].Codes, scores);
            TensorPrimitives.Multiply(scores, scales, scores);
            TensorPrimitives.Multiply(scores, _queries[query].Scale, scores);
            for (int i = 0; i < scores.Length && _metric == VectorMetric.Euclidean; i++)
            {
                // The square of the distance, but for what all have in common.
                scores[i] = (2 * scores[i]) - (norms[i] * norms[i]);
            }

            Take(scores, norms, place, hits[query]);
        }
    }

    private void Take(Span<float> scores, ReadOnlySpan<float> norms, long place, TopHits hits)
    {
        if (_metric == VectorMetric.Cosine)
        {
            TensorPrimitives.Divide(scores, norms, scores);
        }

        for (int i = 0; i < scores.Length; i++)
        {
            // A vector of the length 0 has no angle to others: 0 divided by 0 is not a number.
            hits.Take(float.IsNaN(scores[i]) ? 0 : scores[i], place + i);
        }
    }

    private VectorHit[] Rescore(TopHits hits, int query, int top)
    {
        VectorHit[] scored = new VectorHit[hits.Kept.Length];
        for (int i = 0; i < scored.Length; i++)
        {
            (int block, int row) = ((int)(hits.Kept[i].Place >> 32), (int)hits.Kept[i].Place);
            scored[i] = new VectorHit(block, row, VectorMath.Score(_metric, _blocks[block].Vector(row), _queries[query].Vector));
        }

        int sign = _metric == VectorMetric.Euclidean ? 1 : -1;
        Array.Sort(scored, (one, other) => (sign * one.Score).CompareTo(sign * other.Score) is var order and not 0 ? order
            : one.Block != other.Block ? one.Block.CompareTo(other.Block)
            : one.Row.CompareTo(other.Row));
        return scored.Length <= top ? scored : scored.AsSpan(0, top).ToArray();
    }
}
