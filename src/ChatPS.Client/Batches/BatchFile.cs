using System.Text;
using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Batches;

/// <summary>The file of a batch's state, and the folder beside it. While it is open here, no other process drives the batch.</summary>
internal sealed class BatchFile : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly object _saving = new();

    // Null where nothing is written.
    private readonly FileStream? _lock;

    private readonly BatchData _data;

    // The batch whose place this one takes once all of it is written.
    private BatchState? _replaced;

    private BatchFile(string path, BatchState state, FileStream? held)
    {
        Path = path;
        State = state;
        _lock = held;
        _data = new BatchData(path, state.Id);
    }

    /// <summary>Gets the full path of the file.</summary>
    public string Path { get; }

    /// <summary>Gets the state as it was read, and as it is to be saved.</summary>
    public BatchState State { get; }

    /// <summary>Gets the folder of the requests, their inputs and their results.</summary>
    public string Folder => _data.Folder;

    /// <summary>Gets the path of the inputs: a line for each request.</summary>
    public string InputsPath => System.IO.Path.Combine(Folder, "inputs.jsonl");

    /// <summary>Begins a batch, in place of whatever lies at the path. What is a batch stays there until this one is written.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="state">The state to begin with.</param>
    /// <returns>The file, until it is disposed.</returns>
    /// <exception cref="ChatServiceException">The path cannot be used, or another process drives the batch.</exception>
    public static BatchFile Create(string path, BatchState state)
    {
        RequirePlace(path);
        FileStream held = Hold(path);
        BatchFile file = new(path, state, held);
        try
        {
            file.Guard(() =>
            {
                file._replaced = Replaced(path);
                file._data.Begin();
            });
            file.Save();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Requires that a batch can lie at a path. Nothing is written.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="ChatServiceException">It cannot; it says why.</exception>
    public static void RequirePlace(string path)
    {
        if (Directory.Exists(path))
        {
            throw Failures.Invalid($"-Path: '{path}' is a folder.", "Give the path of a file, for example night.json in that folder.");
        }

        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw Failures.Invalid($"-Path: there is no folder '{folder}'.", "Make the folder first, or check the path.");
        }
    }

    /// <summary>Begins a batch that is never written: what it would be is to be seen.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="state">The state to begin with.</param>
    /// <returns>The file.</returns>
    public static BatchFile Preview(string path, BatchState state) => new(path, state, held: null);

    /// <summary>Opens a batch to go on with it.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The file, until it is disposed.</returns>
    /// <exception cref="ChatServiceException">There is none, it cannot be read, or another process drives the batch.</exception>
    public static BatchFile Open(string path)
    {
        // Who only mistypes a name leaves nothing behind.
        Read(path);
        return Open(path, Hold(path));
    }

    /// <summary>Opens a batch to see how far it is. While another process drives it, what is seen is not kept.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The file, until it is disposed.</returns>
    /// <exception cref="ChatServiceException">There is none, or it cannot be read.</exception>
    public static BatchFile View(string path)
    {
        BatchState state = Read(path);
        try
        {
            return Open(path, PrivateFile.Open(LockOf(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Preview(path, state);
        }
    }

    private static BatchFile Open(string path, FileStream held)
    {
        try
        {
            return new BatchFile(path, Read(path), held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Reads the state of a batch.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The state.</returns>
    /// <exception cref="ChatServiceException">There is none, or it cannot be read.</exception>
    public static BatchState Read(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                OrdinaryFile.Require(path, "-Path");
            }

            return path.EndsWith(".lock", StringComparison.OrdinalIgnoreCase)
                ? throw Failures.Invalid($"-Path: '{path}' is no batch of ChatPS, but the lock of one.", "Give the file beside it, without .lock.")
                : FromJson(File.ReadAllBytes(path), path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failures.Invalid($"-Path: there is no batch '{path}'.", "Check the path; Get-ChatBatch lists the batches that were begun without one.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"-Path: '{path}' cannot be read: {exception.Message}", "Check the path and its permissions.", exception);
        }
    }

    /// <summary>Names the file of a part's requests.</summary>
    /// <param name="part">The number of the part.</param>
    /// <returns>The full path.</returns>
    public string PartPath(int part) => System.IO.Path.Combine(Folder, FormattableString.Invariant($"part-{part:0000}.jsonl"));

    /// <summary>Names a file of a part's results.</summary>
    /// <param name="part">The number of the part.</param>
    /// <param name="place">Which of its <see cref="BatchPart.Results"/>, from 1.</param>
    /// <returns>The full path.</returns>
    public string ResultPath(int part, int place) => System.IO.Path.Combine(Folder, FormattableString.Invariant($"results-{part:0000}-{place}.jsonl"));

    /// <summary>Writes the state to the disk. Whoever looks finds the old state or the new, whole.</summary>
    /// <exception cref="ChatServiceException">It cannot be written (CheckpointFailed).</exception>
    public void Save() => Change(static () => { });

    /// <summary>Changes the state and saves it, one change after the other.</summary>
    /// <param name="change">What becomes otherwise.</param>
    /// <exception cref="ChatServiceException">It cannot be written (CheckpointFailed).</exception>
    public void Change(Action change)
    {
        lock (_saving)
        {
            change();
            if (_lock is null || _replaced is not null)
            {
                return;
            }

            Guard(() => PrivateFile.Replace(Path, JsonSerializer.SerializeToUtf8Bytes(State, BatchStateJson.Default.BatchState)));
        }
    }

    /// <summary>Notes that all requests are written: from now on this is the batch at the path.</summary>
    /// <param name="digest">What tells its requests from those of another batch.</param>
    /// <exception cref="ChatServiceException">It cannot be written (CheckpointFailed).</exception>
    public void Finish(string digest)
    {
        if (_lock is not null)
        {
            Guard(_data.Finish);
        }

        BatchState? replaced = _replaced;
        _replaced = null;
        Change(() =>
        {
            State.Digest = digest;
            State.IsWritten = true;
        });
        if (replaced is not null)
        {
            Guard(new BatchData(Path, replaced.Id).Remove);
        }
    }

    /// <summary>Does something with the files of the batch.</summary>
    /// <param name="action">What to do.</param>
    /// <exception cref="ChatServiceException">They cannot be written (CheckpointFailed).</exception>
    public void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentOutOfRangeException)
        {
            // Out of range is what a file is called that would be larger than the disk takes.
            throw new ChatServiceException(
                ErrorIds.CheckpointFailed, $"The batch '{Path}' cannot be written: {exception.Message}", "Make room, or repair what the message names, then run the same command again: nothing is sent twice.", exception);
        }
    }

    /// <summary>Requires that the requests which lie there as a part's are of this batch: folders are copied and mixed up.</summary>
    /// <param name="part">The part.</param>
    /// <param name="engine">How requests are read.</param>
    /// <exception cref="ChatServiceException">They are of another, or cannot be read.</exception>
    public void RequireOwn(BatchPart part, IBatchEngine engine)
    {
        string? line = null;
        Guard(() => line = File.ReadLines(PartPath(part.Number)).FirstOrDefault());
        if (!BatchRequestId.TryParse(engine.ReadId(Encoding.UTF8.GetBytes(line ?? "")), out BatchRequestId id) || id.Batch != State.Id)
        {
            throw Failures.Invalid(
                $"'{PartPath(part.Number)}' does not hold requests of the batch '{Path}'.", "Bring the folder along from where the batch was written, or begin the batch anew with -Force.");
        }
    }

    /// <summary>Makes the folder, unless it is there.</summary>
    public void Ready() => _data.Ready();

    /// <summary>Begins a file of the batch.</summary>
    /// <param name="path">The full path, in its folder.</param>
    /// <returns>The file.</returns>
    public Stream Begin(string path) => _lock is null ? Stream.Null : new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferSize);

    /// <summary>Removes the batch: it was not worth starting. Nothing can be done with it afterwards.</summary>
    public void Discard() => Guard(() =>
    {
        if (_lock is null)
        {
            return;
        }

        _data.Remove();
        if (_replaced is null)
        {
            File.Delete(Path);
            DeleteLock();
        }
    });

    /// <summary>Requires that a connection leads to the service that the batch is at.</summary>
    /// <param name="connection">The connection.</param>
    /// <exception cref="ChatServiceException">It leads elsewhere.</exception>
    public void Require(ServiceConnection connection) => State.Require(connection, Path);

    /// <summary>Lets others drive the batch.</summary>
    public void Dispose()
    {
        try
        {
            if (_replaced is not null)
            {
                Discard();
            }
        }
        finally
        {
            _replaced = null;
            _lock?.Dispose();
        }
    }

    private static BatchState FromJson(byte[] json, string path)
    {
        BatchState? state;
        try
        {
            state = JsonSerializer.Deserialize(json, BatchStateJson.Default.BatchState);
        }
        catch (JsonException exception)
        {
            throw Failures.Invalid($"-Path: '{path}' is no batch of ChatPS, or is damaged.", "Give the file that Start-ChatBatch has written, or an older copy of it.", exception);
        }

        return BatchStateRules.Require(state, path);
    }

    private static string LockOf(string path) => path + ".lock";

    // Windows deletes no file that is open.
    private void DeleteLock()
    {
        if (System.IO.Path.DirectorySeparatorChar == '\\')
        {
            _lock!.Dispose();
        }

        try
        {
            File.Delete(LockOf(Path));
        }
        catch (IOException)
        {
            // Another command has come for it.
        }

        Dispose();
    }

    // The lock of a batch stays behind, empty: a file that is deleted while others open it locks nothing.
    private static FileStream Hold(string path)
    {
        RequirePlace(path);
        try
        {
            return PrivateFile.Open(LockOf(path));
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) is 32 or 33 or 11 or 35)
        {
            // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows; EAGAIN on Linux, on macOS.
            throw Failures.Invalid($"-Path: another command is at work on the batch '{path}'.", "Wait until it ends, or stop it; then run this one again.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Failures.Invalid($"-Path: '{path}' cannot be used: {exception.Message}", "Check the path and its permissions, or give another one.", exception);
        }
    }

    // What was broken off while it was written is worth nothing.
    private static BatchState? Replaced(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            BatchState state = Read(path);
            if (state.IsWritten)
            {
                return state;
            }

            new BatchData(path, state.Id).Remove();
            return null;
        }
        catch (ChatServiceException)
        {
            // Whoever replaces what is no batch has said so.
            return null;
        }
    }
}
