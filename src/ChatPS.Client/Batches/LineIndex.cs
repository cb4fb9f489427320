namespace ChatPS.Client.Batches;

/// <summary>Where the lines lie that belong to the requests of a batch, in any number of files. It takes a few bytes for each request.</summary>
/// <param name="count">How many requests there are.</param>
internal sealed class LineIndex(int count) : IDisposable
{
    // Files count from 1: a 0 is no line.
    private readonly ushort[] _files = new ushort[count];
    private readonly long[] _offsets = new long[count];
    private readonly int[] _lengths = new int[count];
    private readonly List<string> _paths = [];
    private readonly Dictionary<int, FileStream> _open = [];

    /// <summary>Adds a file.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>Its number, from 1.</returns>
    public ushort Add(string path)
    {
        _paths.Add(path);
        return checked((ushort)_paths.Count);
    }

    /// <summary>Notes where the line of a request lies.</summary>
    /// <param name="number">The number of the request, from 1.</param>
    /// <param name="file">The number of the file.</param>
    /// <param name="offset">Of its first byte.</param>
    /// <param name="length">In bytes.</param>
    public void Set(int number, ushort file, long offset, int length)
    {
        _files[number - 1] = file;
        _offsets[number - 1] = offset;
        _lengths[number - 1] = length;
    }

    /// <summary>Whether there is a line.</summary>
    /// <param name="number">The number of the request, from 1.</param>
    /// <returns>Whether there is.</returns>
    public bool Has(int number) => number <= count && _files[number - 1] != 0;

    /// <summary>Reads a line.</summary>
    /// <param name="number">The number of the request, from 1.</param>
    /// <returns>The line; null where there is none.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[]? Read(int number)
    {
        if (!Has(number))
        {
            return null;
        }

        int file = _files[number - 1];
        if (!_open.TryGetValue(file, out FileStream? stream))
        {
            _open[file] = stream = new FileStream(_paths[file - 1], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        byte[] line = new byte[_lengths[number - 1]];
        stream.Seek(_offsets[number - 1], SeekOrigin.Begin);
        for (int read = 0, more = 1; read < line.Length; read += more)
        {
            more = stream.Read(line, read, line.Length - read);
            if (more == 0)
            {
                throw new EndOfStreamException("The file was changed.");
            }
        }

        return line;
    }

    /// <summary>Gives the numbers of all requests: first those that have a line, as the lines lie, then the others.</summary>
    /// <returns>The numbers, from 1.</returns>
    public int[] AsTheyLie()
    {
        int[] numbers = [.. Enumerable.Range(1, count)];
        Array.Sort(numbers, (one, other) => Has(one) != Has(other) ? Has(other).CompareTo(Has(one))
            : _files[one - 1] != _files[other - 1] ? _files[one - 1].CompareTo(_files[other - 1])
            : _offsets[one - 1] != _offsets[other - 1] ? _offsets[one - 1].CompareTo(_offsets[other - 1])
            : one.CompareTo(other));
        return numbers;
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (FileStream stream in _open.Values)
        {
            stream.Dispose();
        }

        _open.Clear();
    }
}
