using System.Text;

namespace ChatPS.Sandbox.Play;

/// <summary>
/// A batch that takes time. It goes on whenever it is looked at, so that no test has to wait: queued at the first look, running at the
/// second and the third, then done; being stopped for one look. Words in the prompts make it go another way; see
/// <see cref="BatchWords"/>. Whoever keeps it, locks.
/// </summary>
internal sealed class BatchWork
{
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private int _looks;
    private int _count;

    /// <summary>What it is at.</summary>
    public BatchStage Stage { get; private set; }

    /// <summary>Whether it goes on.</summary>
    public bool IsUnderWay => Stage is BatchStage.Queued or BatchStage.Running or BatchStage.Stopping;

    /// <summary>When it was asked to stop.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Adds a request.</summary>
    /// <param name="request">Its JSON.</param>
    public void Add(ReadOnlySpan<byte> request)
    {
        _count++;
        foreach (string word in (string[])[BatchWords.Slow, BatchWords.Broken, BatchWords.Expired, BatchWords.Archived])
        {
            if (Holds(request, word))
            {
                _words.Add(word);
            }
        }
    }

    /// <summary>Whether one of its prompts holds a word.</summary>
    public bool Holds(string word) => _words.Contains(word);

    /// <summary>Looks at it.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Whether it has ended by that.</returns>
    public bool Look(DateTimeOffset now)
    {
        if (!IsUnderWay)
        {
            return false;
        }

        _looks++;
        Stage = Stage == BatchStage.Stopping
            ? _looks > 1 ? BatchStage.Cancelled : Stage
            : _looks switch
            {
                1 => BatchStage.Queued,
                2 or 3 => BatchStage.Running,
                _ when Holds(BatchWords.Slow) => BatchStage.Running,
                _ when Holds(BatchWords.Broken) => BatchStage.Failed,
                _ when Holds(BatchWords.Expired) => BatchStage.Expired,
                _ => BatchStage.Done,
            };
        EndedAt = IsUnderWay ? null : now;
        return !IsUnderWay;
    }

    /// <summary>Stops it.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Whether there was something to stop.</returns>
    public bool Stop(DateTimeOffset now)
    {
        if (IsUnderWay && Stage != BatchStage.Stopping)
        {
            Stage = BatchStage.Stopping;
            StoppedAt = now;
            _looks = 0;
        }

        return IsUnderWay;
    }

    /// <summary>Tells what becomes of a request. Of a batch that ended before its time, the first half was done.</summary>
    /// <param name="index">The place of the request, from 0.</param>
    /// <param name="request">Its JSON.</param>
    /// <returns><see cref="BatchStage.Done"/> where it is run.</returns>
    public BatchStage FateOf(int index, ReadOnlySpan<byte> request) =>
        Stage is BatchStage.Expired or BatchStage.Cancelled && index >= _count / 2 ? Stage
        : Holds(request, BatchWords.Fail) ? BatchStage.Failed
        : Holds(request, BatchWords.Expire) ? BatchStage.Expired
        : Holds(request, BatchWords.Cancel) ? BatchStage.Cancelled
        : BatchStage.Done;

    private static bool Holds(ReadOnlySpan<byte> request, string word) => request.IndexOf(Encoding.ASCII.GetBytes(word)) >= 0;
}
