using System.Net;

namespace ChatPS.Client.Calls;

/// <summary>A file, or a part of one, as the body of a request: it is read anew with every attempt, and never whole in memory.</summary>
/// <param name="path">The full path.</param>
/// <param name="offset">Where the part begins.</param>
/// <param name="length">How many bytes it has.</param>
internal sealed class FileBody(string path, long offset, long length) : HttpContent
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Gets what goes before it, such as the header that a part needs.</summary>
    public byte[] Head { get; init; } = [];

    /// <summary>Gets what goes behind it.</summary>
    public byte[] Tail { get; init; } = [];

    /// <summary>Gets what takes the place of each end of a line, such as a comma where the lines become a list; null where they stay.</summary>
    public byte? LineEnd { get; init; }

    /// <summary>Gets who hears how many bytes have gone in this attempt, and of how many; null for nobody.</summary>
    public Action<long, long>? Sent { get; init; }

    /// <summary>Gets how long the whole file was when the request was made; null if that does not matter.</summary>
    public long? WholeLength { get; init; }

    /// <summary>Makes the body of a whole file.</summary>
    /// <param name="path">The full path.</param>
    public FileBody(string path)
        : this(path, 0, new FileInfo(path).Length)
    {
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using FileStream file = Open();
        file.Position = offset;
        await stream.WriteAsync(Head.AsMemory());
        byte[] buffer = new byte[BufferSize];
        for (long left = length; left > 0;)
        {
            int read = await ReadAsync(file, buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)));
            ReplaceLineEnds(buffer.AsSpan(0, read));
            await stream.WriteAsync(buffer.AsMemory(0, read));
            left -= read;
            if (left == 0)
            {
                RequireSame(file);
            }

            Sent?.Invoke(Head.Length + length - left, Head.Length + length + Tail.Length);
        }

        await stream.WriteAsync(Tail.AsMemory());
    }

    protected override bool TryComputeLength(out long bytes)
    {
        bytes = Head.Length + length + Tail.Length;
        return true;
    }

    private void ReplaceLineEnds(Span<byte> bytes)
    {
        if (LineEnd is not { } end)
        {
            return;
        }

        for (int next = bytes.IndexOf((byte)'\n'); next >= 0; next = bytes.IndexOf((byte)'\n'))
        {
            bytes[next] = end;
            bytes = bytes.Slice(next + 1);
        }
    }

    private FileStream Open()
    {
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
            try
            {
                RequireSame(file);
                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is (IOException and not ChangedFileException) or UnauthorizedAccessException)
        {
            throw new ChangedFileException($"'{path}' can no longer be read: {exception.Message}", exception);
        }
    }

    private async Task<int> ReadAsync(FileStream file, Memory<byte> buffer)
    {
        try
        {
            return await file.ReadAsync(buffer) is > 0 and var read ? read : throw Changed();
        }
        catch (Exception exception) when (exception is (IOException and not ChangedFileException) or UnauthorizedAccessException)
        {
            throw new ChangedFileException($"'{path}' can no longer be read: {exception.Message}", exception);
        }
    }

    private void RequireSame(FileStream file)
    {
        if (WholeLength is { } whole && file.Length != whole)
        {
            throw Changed();
        }
    }

    private ChangedFileException Changed() => new($"'{path}' was changed while it was sent.");
}
