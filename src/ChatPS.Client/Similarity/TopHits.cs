using System.Runtime.CompilerServices;

namespace ChatPS.Client.Similarity;

/// <summary>Keeps the best of many: a heap whose top is the worst that is kept. Of equal scores the earlier place is better.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class TopHits(int most)
{
    private readonly (float Score, long Place)[] _heap = new (float, long)[most];
    private int _count;
    private float _floor = float.NegativeInfinity;

    /// <summary>Gets what is kept, in no order.</summary>
    public ReadOnlySpan<(float Score, long Place)> Kept => _heap.AsSpan(0, _count);

    /// <summary>Offers a place behind those that were offered before: an equal score is none the better.</summary>
    /// <param name="score">Its score.</param>
    /// <param name="place">The place.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(float score, long place)
    {
        if (score > _floor)
        {
            Offer(score, place);
        }
    }

    /// <summary>Offers a place.</summary>
    /// <param name="score">Its score.</param>
    /// <param name="place">The place.</param>
    public void Offer(float score, long place)
    {
        (float Score, long Place) item = (score, place);
        if (_count < _heap.Length)
        {
            Rise(_count++, item);
        }
        else if (IsWorse(_heap[0], item))
        {
            Sink(item);
        }

        _floor = _count == _heap.Length ? _heap[0].Score : float.NegativeInfinity;
    }

    private void Rise(int at, (float Score, long Place) item)
    {
        for (int parent = (at - 1) / 2; at > 0 && IsWorse(item, _heap[parent]); parent = (at - 1) / 2)
        {
            _heap[at] = _heap[parent];
            at = parent;
        }

        _heap[at] = item;
    }

    private void Sink((float Score, long Place) item)
    {
        int at = 0;
        for (int child = 1; child < _count; child = (2 * at) + 1)
        {
            child += child + 1 < _count && IsWorse(_heap[child + 1], _heap[child]) ? 1 : 0;
            if (!IsWorse(_heap[child], item))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = item;
    }

    private static bool IsWorse((float Score, long Place) one, (float Score, long Place) other) =>
        one.Score < other.Score || (one.Score == other.Score && one.Place > other.Place);
}
