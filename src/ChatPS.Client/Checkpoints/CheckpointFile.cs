using ChatPS.Client.Faults;

namespace ChatPS.Client.Checkpoints;

/// <summary>
/// The open file of a checkpoint. Lines that wait while others are being written are written together and flushed once, so that
/// parallel answers do not wait for a flush each.
/// </summary>
internal sealed class CheckpointFile(FileStream stream, string path) : IDisposable
{
    // Guards what follows.
    private readonly object _queue = new();
    private List<Waiting> _waiting = [];
    private Task _writer = Task.CompletedTask;
    private bool _isWriting;
    private bool _isClosed;
    private Exception? _failure;

    // Guards the stream's position, which readers and the writer share.
    private readonly object _position = new();

    /// <summary>Adds a line at the end.</summary>
    /// <param name="line">The line with its end.</param>
    /// <returns>Done when the line is on the disk.</returns>
    public Task AppendAsync(byte[] line)
    {
        lock (_queue)
        {
            if (_isClosed)
            {
                throw new ObjectDisposedException(nameof(Checkpoint));
            }

            // Behind a line that was written in part, no other can be found again.
            if (_failure is not null)
            {
                return Task.FromException(Failed(_failure));
            }

            Waiting waiting = new(line);
            _waiting.Add(waiting);
            if (!_isWriting)
            {
                _isWriting = true;
                _writer = Task.Run(WriteWaiting);
            }

            return waiting.Done.Task;
        }
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="place">Where it lies.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChatServiceException">The file cannot be read, or was changed.</exception>
    public CheckpointRecord Read(CheckpointPlace place)
    {
        byte[] line = new byte[place.Length];
        try
        {
            lock (_position)
            {
                stream.Position = place.Offset;
                for (int count = 0, read = 1; count < line.Length && read > 0; count += read)
                {
                    read = stream.Read(line, count, line.Length - count);
                }
            }
        }
        catch (IOException exception)
        {
            throw new ChatServiceException(ErrorIds.CheckpointFailed, $"The checkpoint '{path}' cannot be read: {exception.Message}", "Check the disk, then run the same command again.", exception);
        }

        return CheckpointLine.Read(line, withRaw: true)?.Record
            ?? throw new ChatServiceException(ErrorIds.CheckpointFailed, $"The checkpoint '{path}' was changed while it was in use.", "Run the same command again, and let nothing else write to the file.");
    }

    /// <summary>Makes the failure of an answer that can be read, but is no answer.</summary>
    /// <param name="failure">What is wrong with it.</param>
    /// <returns>The failure.</returns>
    public ChatServiceException Unreadable(Exception failure) => new(
        ErrorIds.CheckpointFailed, $"The checkpoint '{path}' holds an answer that cannot be read: {failure.Message} The file was changed.", "Use -CheckpointMode Replace to start over, or another -CheckpointPath.", failure);

    /// <summary>Writes what waits, and closes the file.</summary>
    public void Dispose()
    {
        lock (_queue)
        {
            _isClosed = true;
        }

        // Never fails, and nobody can start another.
        _writer.Wait();
        stream.Dispose();
    }

    private void WriteWaiting()
    {
        while (TryTake() is { } lines)
        {
            try
            {
                Write(lines);
            }
            catch (Exception exception)
            {
                Fail(lines, exception);
                return;
            }

            lines.ForEach(line => line.Done.SetResult(true));
        }
    }

    private List<Waiting>? TryTake()
    {
        lock (_queue)
        {
            if (_waiting.Count == 0)
            {
                _isWriting = false;
                return null;
            }

            List<Waiting> lines = _waiting;
            _waiting = [];
            return lines;
        }
    }

    private void Write(List<Waiting> lines)
    {
        lock (_position)
        {
            stream.Seek(0, SeekOrigin.End);
            foreach (Waiting line in lines)
            {
                stream.Write(line.Bytes, 0, line.Bytes.Length);
            }
        }

        stream.Flush(flushToDisk: true);
    }

    private void Fail(List<Waiting> lines, Exception failure)
    {
        lock (_queue)
        {
            _failure = failure;
            lines.AddRange(_waiting);
            _waiting.Clear();
            _isWriting = false;
        }

        lines.ForEach(line => line.Done.SetException(Failed(failure)));
    }

    private ChatServiceException Failed(Exception failure) => Checkpoint.Unwritable(path, failure);

    private sealed class Waiting(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        // Whoever awaits goes on elsewhere: the writer has more to write.
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
