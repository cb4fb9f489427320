namespace ChatPS.Sandbox.Files;

/// <summary>Lines of JSON on the disk: there may be more of them than fit the memory. They are written, and then read.</summary>
/// <param name="path">The file, which must not be there.</param>
internal sealed class LineFile(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, 64 * 1024);

    /// <summary>How many lines there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a line.</summary>
    /// <param name="json">The JSON. Between its tokens, and only there, it may have ends of lines.</param>
    public void Add(ReadOnlySpan<byte> json)
    {
        byte[] line = new byte[json.Length + 1];
        for (int i = 0; i < json.Length; i++)
        {
            line[i] = json[i] is (byte)'\n' or (byte)'\r' ? (byte)' ' : json[i];
        }

        line[json.Length] = (byte)'\n';
        _file.Write(line, 0, line.Length);
        Count++;
    }

    /// <summary>Ends the file: from now on it is only read.</summary>
    /// <returns>The bytes.</returns>
    public FileContent End()
    {
        _file.Dispose();
        return new FileContent(new FileSegment(path, 0, new FileInfo(path).Length));
    }

    /// <summary>Reads the lines.</summary>
    /// <returns>The lines without their ends, each good until the next one is read.</returns>
    public IEnumerable<ReadOnlyMemory<byte>> Read()
    {
        using Stream stream = End().OpenRead();
        LineReader lines = new(stream);
        while (lines.Read(out ReadOnlyMemory<byte> line))
        {
            yield return line;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        new FileContent(new FileSegment(path, 0, 0)).Delete();
    }
}
