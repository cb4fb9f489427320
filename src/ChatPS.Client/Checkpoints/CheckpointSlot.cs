namespace ChatPS.Client.Checkpoints;

/// <summary>The place of one request in a checkpoint: its result is made once, and kept from then on.</summary>
public sealed class CheckpointSlot
{
    private readonly CheckpointFile _file;
    private readonly CheckpointPlace? _place;

    internal CheckpointSlot(CheckpointFile file, RequestKey key, int occurrence, CheckpointPlace? place)
    {
        _file = file;
        Key = key;
        Occurrence = occurrence;
        _place = place;
    }

    /// <summary>Which of the identical requests of this run it is, from 1.</summary>
    public int Occurrence { get; }

    /// <summary>Whether an earlier run has stored the answer.</summary>
    public bool IsStored => _place is not null;

    internal RequestKey Key { get; }

    /// <summary>Reads the stored answer from the file.</summary>
    /// <returns>The answer, or null where there is none.</returns>
    /// <exception cref="ChatServiceException">The file cannot be read (CheckpointFailed).</exception>
    public CheckpointRecord? ReadStored() => _place is { } place ? _file.Read(place) : null;

    /// <summary>Makes the result again that an earlier run has stored, whatever kind of result it is.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="restore">Makes it of what is stored; throws whatever a damaged answer makes it throw.</param>
    /// <returns>The result, or null where there is none.</returns>
    /// <exception cref="ChatServiceException">The file cannot be read (CheckpointFailed).</exception>
    public T? Restore<T>(Func<CheckpointRecord, T> restore)
        where T : class
    {
        try
        {
            return ReadStored() is { } record ? restore(record) : null;
        }
        catch (Exception exception) when (exception is not ChatServiceException)
        {
            throw _file.Unreadable(exception);
        }
    }

    /// <summary>Stores the answer. It cannot be cancelled: the answer is paid for.</summary>
    /// <param name="record">The answer.</param>
    /// <returns>Done when the answer is on the disk, so that not even a power cut can take it.</returns>
    /// <exception cref="ChatServiceException">The file cannot be written (CheckpointFailed); nor can it be for any later answer.</exception>
    public Task SaveAsync(CheckpointRecord record) => _file.AppendAsync(new CheckpointLine(Key, Occurrence, record).ToBytes());
}
