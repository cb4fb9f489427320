using ChatPS.Client.Files;

namespace ChatPS.Client.Batches;

/// <summary>
/// Which results have been counted already, in a file beside them: whoever receives a batch again does not enter its tokens and its
/// cost again. For each request the file has the number of the part whose result was counted.
/// </summary>
internal sealed class ReceivedResults : IDisposable
{
    private readonly BatchFile _batch;
    private readonly FileStream _file;
    private readonly byte[] _parts;

    private ReceivedResults(BatchFile batch, FileStream file, byte[] parts)
    {
        _batch = batch;
        _file = file;
        _parts = parts;
    }

    /// <summary>Opens the file, or begins one.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ChatServiceException">It cannot be read or written.</exception>
    public static ReceivedResults Open(BatchFile batch)
    {
        FileStream? file = null;
        byte[] parts = new byte[2 * batch.State.Requests];
        batch.Guard(() =>
        {
            batch.Ready();
            file = PrivateFile.Open(Path.Combine(batch.Folder, "received.bin"));
            for (int read = 0, more = 1; more > 0 && read < parts.Length; read += more)
            {
                more = file.Read(parts, read, parts.Length - read);
            }
        });
        return new ReceivedResults(batch, file!, parts);
    }

    /// <summary>Notes that a result counts.</summary>
    /// <param name="number">The number of the request, from 1.</param>
    /// <param name="part">The number of the part.</param>
    /// <returns>Whether it had not been counted.</returns>
    /// <exception cref="ChatServiceException">It cannot be noted.</exception>
    public bool Take(int number, int part)
    {
        int at = 2 * (number - 1);
        if (_parts[at] == (byte)part && _parts[at + 1] == (byte)(part >> 8))
        {
            return false;
        }

        _parts[at] = (byte)part;
        _parts[at + 1] = (byte)(part >> 8);
        _batch.Guard(() =>
        {
            _file.Seek(at, SeekOrigin.Begin);
            _file.Write(_parts, at, 2);
        });
        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
