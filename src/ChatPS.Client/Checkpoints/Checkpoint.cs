using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Checkpoints;

/// <summary>
/// A file of finished answers, one JSON object a line. A run that is repeated takes its answers from there and asks only for the rest.
/// Safe for use by several threads; one process at a time can have the file open.
/// </summary>
public sealed class Checkpoint : IDisposable
{
    private readonly CheckpointFile _file;
    private readonly string _command;

    // Guards what follows. An answer is given out once, then its place is forgotten.
    private readonly object _requests = new();
    private readonly Dictionary<(RequestKey Key, int Occurrence), CheckpointPlace> _places;
    private readonly Dictionary<RequestKey, int> _claims = [];

    private Checkpoint(CheckpointFile file, string command, CheckpointScan? scan, long repairedBytes)
    {
        _file = file;
        _command = command;
        _places = scan?.Places ?? [];
        StoredCount = scan?.Count ?? 0;
        StoredTokens = scan?.Tokens ?? 0;
        LargestOutput = scan?.LargestOutput ?? 0;
        StoredCost = scan?.Cost ?? 0;
        RepairedBytes = repairedBytes;
    }

    /// <summary>How many answers lay in the file when it was opened, those of other parameters included.</summary>
    public int StoredCount { get; }

    /// <summary>The tokens of those answers.</summary>
    public long StoredTokens { get; }

    /// <summary>The tokens that the longest of those answers has, without its prompt.</summary>
    public long LargestOutput { get; }

    /// <summary>What those answers cost, as far as prices were given.</summary>
    public decimal StoredCost { get; }

    /// <summary>The bytes that were cut off the end because a crash had left them there, 0 in most cases.</summary>
    public long RepairedBytes { get; }

    /// <summary>Opens a checkpoint, or begins one.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="mode">What happens to a file that is already there.</param>
    /// <param name="command">The command that asks.</param>
    /// <param name="parameters">What it asks with, by the names of its parameters: plain dictionaries, lists and values. A null counts as not given. They are written to the file.</param>
    /// <returns>The checkpoint. Nobody else can open it until it is disposed.</returns>
    /// <exception cref="ChatServiceException">
    /// InvalidRequest: the path cannot be used, another process uses it, it is no checkpoint or one of a newer release, a line in its midst is damaged,
    /// or it was made with other parameters and <paramref name="mode"/> is Resume. CheckpointFailed: it cannot be read or written.
    /// </exception>
    public static Checkpoint Open(string path, CheckpointMode mode, string command, IReadOnlyDictionary<string, object?> parameters) =>
        Open(path, mode, command, parameters, PrivateFile.Open);

    internal static Checkpoint Open(string path, CheckpointMode mode, string command, IReadOnlyDictionary<string, object?> parameters, Func<string, FileStream> open)
    {
        CheckpointHeader header = CheckpointHeader.Of(command, parameters);
        FileStream stream = OpenFile(path, open);
        try
        {
            CheckpointScan.Verify(stream, path);
            stream.Position = 0;
            CheckpointScan? scan = mode == CheckpointMode.Replace ? null : CheckpointScan.Read(stream, path);
            bool isKnown = scan is not null && scan.Headers.Exists(earlier => header.Differences(earlier).Count == 0);
            if (mode == CheckpointMode.Resume && scan is { Headers.Count: > 0 } && !isKnown)
            {
                throw OtherParameters(path, header, scan.Headers);
            }

            long repaired = Prepare(stream, scan, isKnown ? null : header);
            return new Checkpoint(new CheckpointFile(stream, path), command, scan, repaired);
        }
        catch (Exception exception)
        {
            stream.Dispose();
            if (exception is IOException)
            {
                throw Unwritable(path, exception);
            }

            if (exception is UnauthorizedAccessException)
            {
                throw Failures.Invalid($"-CheckpointPath: others may read '{path}', and its permissions cannot be changed: {exception.Message}", "Give the path of a file of your own.", exception);
            }

            throw;
        }
    }

    /// <summary>Finds the place of a request.</summary>
    /// <param name="request">The request's wire JSON, whole: everything that shapes the answer. The order of members in its objects does not count.</param>
    /// <returns>Its place, with the answer if there is one. A second claim of an equal request in the same run is another place.</returns>
    public CheckpointSlot Claim(byte[] request)
    {
        RequestKey key = RequestKey.Of(_command, request);
        lock (_requests)
        {
            _claims.TryGetValue(key, out int occurrence);
            _claims[key] = ++occurrence;
            return Take(key, occurrence);
        }
    }

    /// <summary>Finds the place of a request that was asked elsewhere.</summary>
    /// <param name="key">What was asked.</param>
    /// <param name="occurrence">Which of the identical requests it is, from 1.</param>
    /// <returns>Its place, with the answer if there is one.</returns>
    internal CheckpointSlot Claim(RequestKey key, int occurrence)
    {
        lock (_requests)
        {
            return Take(key, occurrence);
        }
    }

    /// <summary>Stores what is still on its way, and closes the file.</summary>
    public void Dispose() => _file.Dispose();

    internal static ChatServiceException Unwritable(string path, Exception failure) => new(
        ErrorIds.CheckpointFailed,
        $"The checkpoint '{path}' cannot be written: {failure.Message}",
        "Make room, or repair what the message names, then run the same command again: what is stored is not asked for again.",
        failure);

    private CheckpointSlot Take(RequestKey key, int occurrence)
    {
        bool isStored = _places.TryGetValue((key, occurrence), out CheckpointPlace place);
        _places.Remove((key, occurrence));
        return new CheckpointSlot(_file, key, occurrence, isStored ? place : null);
    }

    private static FileStream OpenFile(string path, Func<string, FileStream> open)
    {
        if (Directory.Exists(path))
        {
            throw Failures.Invalid($"-CheckpointPath: '{path}' is a folder.", "Give the path of a file, for example run.jsonl in that folder.");
        }

        string? folder = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(folder) && !Directory.Exists(folder))
        {
            throw Failures.Invalid($"-CheckpointPath: there is no folder '{folder}'.", "Make the folder first, or check the path.");
        }

        FileStream stream;
        try
        {
            stream = open(path);
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            throw Failures.Invalid($"-CheckpointPath: '{path}' is in use, by another run or another program.", "Wait until it ends, or give each run its own file.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Failures.Invalid($"-CheckpointPath: '{path}' cannot be opened: {exception.Message}", "Check the path and its permissions, or give another one.", exception);
        }

        if (!stream.CanSeek)
        {
            stream.Dispose();
            throw Failures.Invalid($"-CheckpointPath: '{path}' is not a file.", "Give the path of an ordinary file.");
        }

        return stream;
    }

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows; EAGAIN on Linux, on macOS.
    private static bool IsLocked(IOException exception) => (exception.HResult & 0xFFFF) is 32 or 33 or 11 or 35;

    // Cuts off what a crash left, and begins the file or its next part. The permissions come before anything is written.
    private static long Prepare(FileStream stream, CheckpointScan? scan, CheckpointHeader? header)
    {
        long end = scan?.End ?? 0;
        long repaired = scan is null ? 0 : stream.Length - end;
        stream.SetLength(end);
        PrivateFile.Protect(stream);
        stream.Position = end;
        if (scan is { IsEnded: false })
        {
            stream.WriteByte((byte)'\n');
        }

        if (header is not null)
        {
            byte[] line = header.ToLine();
            stream.Write(line, 0, line.Length);
        }

        stream.Flush(flushToDisk: true);
        return repaired;
    }

    private static ChatServiceException OtherParameters(string path, CheckpointHeader header, List<CheckpointHeader> earlier)
    {
        IReadOnlyList<string> differences = earlier.Select(header.Differences).OrderBy(list => list.Count).First();
        return Failures.Invalid(
            $"-CheckpointPath: the answers in '{path}' were asked for in another way: {string.Join("; ", differences)}.",
            "Give the same parameters as before; or -CheckpointMode Append to keep those answers and add the new ones, -CheckpointMode Replace to start over, or another -CheckpointPath.");
    }
}
