namespace ChatPS.Client.Checkpoints;

/// <summary>The place of one request in a checkpoint.</summary>
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

    internal ChatServiceException Unreadable(Exception failure) => _file.Unreadable(failure);
}
