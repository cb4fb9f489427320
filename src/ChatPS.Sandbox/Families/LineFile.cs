using System.Text;

namespace ChatPS.Sandbox.Families;

/// <summary>Lines of JSON in a file of the machine, which goes with the sandbox: there may be more of them than fit the memory. Whoever keeps it, locks.</summary>
internal sealed class LineFile : IDisposable
{
    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), "chatps-sandbox-" + Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);

    /// <summary>How many lines there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a line.</summary>
    /// <param name="json">The JSON. Between its tokens it may have ends of lines.</param>
    public void Add(ReadOnlySpan<byte> json)
    {
        byte[] line = new byte[json.Length + 1];
        json.CopyTo(line);
        for (int i = 0; i < json.Length; i++)
        {
            line[i] = line[i] is (byte)'\n' or (byte)'\r' ? (byte)' ' : line[i];
        }

        line[json.Length] = (byte)'\n';
        _file.Write(line, 0, line.Length);
        Count++;
    }

    /// <summary>Reads the lines, from the first on.</summary>
    /// <returns>The lines without their ends.</returns>
    public IEnumerable<byte[]> Read()
    {
        _file.Flush();
        _file.Position = 0;
        using StreamReader reader = new(_file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            yield return Encoding.UTF8.GetBytes(line);
        }
    }

    /// <summary>Reads all of it.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToArray()
    {
        _file.Flush();
        byte[] all = new byte[_file.Length];
        _file.Position = 0;
        for (int read, at = 0; at < all.Length && (read = _file.Read(all, at, all.Length - at)) > 0; at += read)
        {
        }

        return all;
    }

    public void Dispose() => _file.Dispose();
}
