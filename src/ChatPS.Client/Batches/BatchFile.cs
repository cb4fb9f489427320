using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Batches;

/// <summary>The file of a batch's state, and the folder beside it. While it is open here, no other process drives the batch.</summary>
internal sealed class BatchFile : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private static readonly string[] Leftovers = ["inputs.jsonl", "part-*.jsonl", "results-*.jsonl", "received.bin"];

    private readonly object _saving = new();

    // Null where nothing is written.
    private readonly FileStream? _lock;

    private BatchFile(string path, BatchState state, FileStream? held)
    {
        Path = path;
        State = state;
        _lock = held;
    }

    /// <summary>Gets the full path of the file.</summary>
    public string Path { get; }

    /// <summary>Gets the state as it was read, and as it is to be saved.</summary>
    public BatchState State { get; }

    /// <summary>Gets the folder of the requests, their inputs and their results.</summary>
    public string Folder => FolderOf(Path);

    /// <summary>Gets the path of the inputs: a line for each request.</summary>
    public string InputsPath => System.IO.Path.Combine(Folder, "inputs.jsonl");

    /// <summary>Names the folder of a batch.</summary>
    /// <param name="path">The full path of the file of its state.</param>
    /// <returns>The folder beside it.</returns>
    public static string FolderOf(string path) =>
        System.IO.Path.ChangeExtension(path, ".data") is var folder && folder != path ? folder : path + ".data";

    /// <summary>Begins a batch, in place of whatever lies at the path.</summary>
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
            file.Clear();
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
            if (_lock is null)
            {
                return;
            }

            Guard(() => PrivateFile.Replace(Path, JsonSerializer.SerializeToUtf8Bytes(State, BatchStateJson.Default.BatchState)));
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ChatServiceException(
                ErrorIds.CheckpointFailed, $"The batch '{Path}' cannot be written: {exception.Message}", "Make room, or repair what the message names, then run the same command again: nothing is sent twice.", exception);
        }
    }

    /// <summary>Begins a file of the batch.</summary>
    /// <param name="path">The full path, in its folder.</param>
    /// <returns>The file.</returns>
    public Stream Begin(string path) => _lock is null ? Stream.Null : new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferSize);

    /// <summary>Removes the batch: it was not worth starting. Nothing can be done with it afterwards.</summary>
    public void Discard() => Guard(() =>
    {
        if (_lock is not null)
        {
            Clear();
            File.Delete(Path);
            if (!Directory.EnumerateFileSystemEntries(Folder).Any())
            {
                Directory.Delete(Folder);
            }

            DeleteLock();
        }
    });

    /// <summary>Requires that a connection leads to the service that the batch is at.</summary>
    /// <param name="connection">The connection.</param>
    /// <exception cref="ChatServiceException">It leads elsewhere.</exception>
    public void Require(ServiceConnection connection) => State.Require(connection, Path);

    /// <summary>Lets others drive the batch.</summary>
    public void Dispose() => _lock?.Dispose();

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

        return state is null || state.Id.Length == 0 || state.Version < 1 ? throw Failures.Invalid($"-Path: '{path}' is no batch of ChatPS.", "Give the file that Start-ChatBatch has written.")
            : state.Version > BatchState.Format ? throw Failures.Invalid(FormattableString.Invariant($"-Path: '{path}' was written by a newer ChatPS (format {state.Version}; this one knows {BatchState.Format})."), "Update ChatPS.")
            : state;
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

    // What an earlier batch has left there; nobody else's files.
    private void Clear() => Guard(() =>
    {
        PrivateFile.CreateFolder(Folder);
        foreach (string pattern in Leftovers)
        {
            foreach (string left in Directory.GetFiles(Folder, pattern))
            {
                File.Delete(left);
            }
        }
    });
}
