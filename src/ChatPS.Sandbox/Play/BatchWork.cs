using System.Text;

namespace ChatPS.Sandbox.Play;

/// <summary>
/// A batch that takes time. It goes on whenever it is looked at, so that no test has to wait: queued at the first look, running at the
/// second and the third, then done; being stopped for one look. Words in its prompts make it, or the one request, go another way; see
/// <see cref="TaskWords"/>. Whoever keeps it, locks.
/// </summary>
/// <param name="expires">When its time runs out.</param>
internal sealed class BatchWork(DateTimeOffset expires)
{
    /// <summary>The header that says that it may be looked at again at once.</summary>
    public static readonly (string Name, string Value) LookSoon = ("retry-after-ms", "20");

    private static readonly string[] Words = [TaskWords.Slow, TaskWords.Refuse, TaskWords.Expired, TaskWords.Archived];

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private int _looks;
    private int _count;

    /// <summary>What it is at.</summary>
    public BatchStage Stage { get; private set; }

    /// <summary>Whether it goes on.</summary>
    public bool IsUnderWay => Stage is BatchStage.Queued or BatchStage.Running or BatchStage.Stopping;

    /// <summary>When its time runs out.</summary>
    public DateTimeOffset Expires => Stage == BatchStage.Expired && EndedAt < expires ? EndedAt.Value : expires;

    /// <summary>When it was asked to stop.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Adds a request.</summary>
    /// <param name="request">Its JSON.</param>
    public void Add(ReadOnlySpan<byte> request)
    {
        _count++;
        foreach (string word in Words)
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
                _ when now >= expires => BatchStage.Expired,
                1 => BatchStage.Queued,
                2 or 3 => BatchStage.Running,
                _ when Holds(TaskWords.Slow) => BatchStage.Running,
                _ when Holds(TaskWords.Refuse) => BatchStage.Failed,
                _ when Holds(TaskWords.Expired) => BatchStage.Expired,
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
        : Holds(request, TaskWords.Fail) ? BatchStage.Failed
        : Holds(request, TaskWords.Expire) ? BatchStage.Expired
        : Holds(request, TaskWords.Cancel) ? BatchStage.Cancelled
        : BatchStage.Done;

    /// <summary>Makes of a result what a word in the request wants of it.</summary>
    /// <param name="request">The JSON of the request.</param>
    /// <param name="result">The result.</param>
    /// <param name="isLine">Whether it is a line of a file, which may be damaged.</param>
    /// <returns>The line; null for none.</returns>
    public static byte[]? Spoil(ReadOnlySpan<byte> request, byte[] result, bool isLine = true) =>
        Holds(request, TaskWords.Lose) ? null : isLine && Holds(request, TaskWords.Damage) ? result.AsSpan(0, result.Length / 2).ToArray() : result;

    private static bool Holds(ReadOnlySpan<byte> request, string word) => request.IndexOf(Encoding.ASCII.GetBytes(word)) >= 0;
}
