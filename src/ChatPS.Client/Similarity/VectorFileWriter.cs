using System.Runtime.InteropServices;
using System.Text;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Similarity;

/// <summary>
/// Writes a file of vectors, a block at a time. A block is on the disk before its header says that it is there: a run that is killed
/// loses no more than the block it was filling. One run at a time writes to a file.
/// </summary>
public sealed class VectorFileWriter : IDisposable
{
    private const int FullRecords = 4 * 1024 * 1024;

    private readonly string _path;
    private readonly UnfinishedFile? _unfinished;
    private readonly FileStream _stream;
    private readonly VectorFileHeader _header;
    private readonly VectorBuffer _vectors;
    private readonly MemoryStream _records = new();
    private readonly List<int> _ends = [];
    private readonly KnownRecords? _known;
    private long _end;
    private long _count;
    private bool _isBroken;

    private VectorFileWriter(string path, UnfinishedFile? unfinished, FileStream stream, VectorFileHeader header, KnownRecords? known)
    {
        _path = path;
        _unfinished = unfinished;
        _stream = stream;
        _header = header;
        _known = known;
        _vectors = new VectorBuffer(header.Dimension, header.HasCodes);
    }

    /// <summary>How many bytes of a block that was not finished were cut off the end of the file: 0 in most cases.</summary>
    public long RepairedBytes { get; private init; }

    /// <summary>Begins to write.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="mode">What happens to a file that is there already.</param>
    /// <param name="model">The model that made the vectors; empty if that is not known.</param>
    /// <param name="dimension">How many numbers each has.</param>
    /// <param name="hasCodes">Whether to keep the vectors as bytes, too; null for what the file has, and otherwise no.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="ChatServiceException">The path cannot be used, or the file is none of ours, damaged, or of another model or dimension.</exception>
    public static VectorFileWriter Open(string path, VectorFileMode mode, string model, int dimension, bool? hasCodes)
    {
        if (dimension > BlockLayout.MostDimensions || Encoding.UTF8.GetByteCount(model) > VectorFileHeader.LongestModel)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"The vector has {dimension} numbers, and the name of its model {model.Length} characters; a file holds at most {BlockLayout.MostDimensions} and {VectorFileHeader.LongestModel}."),
                "Ask for shorter vectors.");
        }

        CheckPlace(path, mode);
        UnfinishedFile? unfinished = null;
        FileStream? stream = null;
        try
        {
            if (mode == VectorFileMode.Replace)
            {
                UnfinishedFile.RemoveAbandoned(path);
                unfinished = new UnfinishedFile(path);
            }

            stream = unfinished?.Content
                ?? new FileStream(path, mode == VectorFileMode.New ? FileMode.CreateNew : FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return stream.Length == 0 ? Begin(path, unfinished, stream, new VectorFileHeader(model, dimension, hasCodes == true)) : GoOn(path, stream, model, dimension, hasCodes);
        }
        catch (Exception exception)
        {
            bool isNew = mode == VectorFileMode.New && stream is not null;
            stream?.Dispose();
            unfinished?.Dispose();
            if (isNew)
            {
                File.Delete(path);
            }

            if (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                throw VectorFileFaults.Unusable(path, exception);
            }

            throw;
        }
    }

    /// <summary>Finds out whether a file could be written, before anything is paid for what goes into it.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="mode">What happens to a file that is there already.</param>
    /// <exception cref="ChatServiceException">It could not; it says why.</exception>
    public static void CheckPlace(string path, VectorFileMode mode)
    {
        if (Directory.Exists(path))
        {
            throw Failures.Invalid($"-Path: '{path}' is a folder.", "Name a file, for example docs.vec in that folder.");
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw Failures.Invalid($"-Path: there is no folder '{folder}'.", "Make the folder first, or check the path.");
        }

        if (File.Exists(path))
        {
            OrdinaryFile.Require(path, "-Path");
        }

        if (mode == VectorFileMode.New && File.Exists(path))
        {
            throw Failures.Invalid($"-Path: the file '{path}' exists.", "Add to it with -Append, replace it with -Force, or choose another path.");
        }

        try
        {
            if (mode == VectorFileMode.Append && File.Exists(path))
            {
                using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                _ = stream.Length == 0 ? null : VectorFileScan.Read(stream, path);
            }
            else
            {
                new UnfinishedFile(path).Dispose();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw VectorFileFaults.Unusable(path, exception);
        }
    }

    /// <summary>Adds a vector, unless the file had its text with the same properties when it was opened.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="record">What lies beside it.</param>
    /// <returns>Whether it was added.</returns>
    /// <exception cref="ChatServiceException">It has another dimension, is none, or cannot be written.</exception>
    public bool Add(ReadOnlySpan<float> vector, VectorRecord record)
    {
        if (vector.Length != _header.Dimension)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"The vector has {vector.Length} numbers, those in '{_path}' have {_header.Dimension}."), "Keep vectors of different dimensions in files of their own.");
        }

        byte[] bytes = record.Write();
        if (_known?.Has(bytes) == true)
        {
            return false;
        }

        _vectors.Add(vector);
        _records.Write(bytes, 0, bytes.Length);
        _ends.Add((int)_records.Length);
        if (_vectors.IsFull || _records.Length >= FullRecords)
        {
            WriteBlock();
        }

        return true;
    }

    /// <summary>Writes what is left, and puts a file in its place that replaces another.</summary>
    /// <exception cref="ChatServiceException">It cannot be written.</exception>
    public void Complete()
    {
        WriteBlock();
        try
        {
            _unfinished?.Complete(_path, replaces: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw VectorFileFaults.Unusable(_path, exception);
        }
    }

    /// <summary>Closes the file. What was added is written, unless it was to replace a file and is not complete.</summary>
    public void Dispose()
    {
        try
        {
            if (_unfinished is null)
            {
                WriteBlock();
            }
        }
        finally
        {
            _unfinished?.Dispose();
            _stream.Dispose();
            _records.Dispose();
        }
    }

    private static VectorFileWriter Begin(string path, UnfinishedFile? unfinished, FileStream stream, VectorFileHeader header)
    {
        byte[] bytes = header.Write();
        stream.Write(bytes, 0, bytes.Length);
        stream.Flush(flushToDisk: true);
        return new VectorFileWriter(path, unfinished, stream, header, known: null) { _end = bytes.Length };
    }

    private static VectorFileWriter GoOn(string path, FileStream stream, string model, int dimension, bool? hasCodes)
    {
        VectorFileScan scan = VectorFileScan.Read(stream, path);
        CheckSame(path, scan.Header, model, dimension);
        if (hasCodes is { } wanted && wanted != scan.Header.HasCodes)
        {
            throw Failures.Invalid(
                $"-Int8: the file '{path}' holds its vectors {(wanted ? "without" : "with")} bytes beside them.", "Leave -Int8 out to go on as the file began, or make it anew with -Force.");
        }

        if (scan.TornBytes > 0)
        {
            stream.SetLength(scan.End);
            stream.Flush(flushToDisk: true);
        }

        return new VectorFileWriter(path, unfinished: null, stream, scan.Header, KnownRecords.Read(stream, scan, path)) { RepairedBytes = scan.TornBytes, _end = scan.End, _count = scan.Count };
    }

    private static void CheckSame(string path, VectorFileHeader header, string model, int dimension)
    {
        if (header.Model != model)
        {
            throw Failures.Invalid(
                $"-Path: '{path}' holds vectors of the model '{header.Model}', the new ones are of '{model}'. They cannot be compared.", "Use a file for each model, or make this one anew with -Force.");
        }

        if (header.Dimension != dimension)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"-Path: '{path}' holds vectors of {header.Dimension} numbers, the new ones have {dimension}. They cannot be compared."),
                FormattableString.Invariant($"Ask for -Dimension {header.Dimension}, or make the file anew with -Force."));
        }
    }

    private void WriteBlock()
    {
        if (_vectors.Count == 0 || _isBroken)
        {
            return;
        }

        // Behind what was written in part, nothing more is written.
        _isBroken = true;
        VectorBlock block = _vectors.ToBlock();
        BlockLayout layout = new(block.Dimension, block.Count, _header.HasCodes, _records.Length);
        byte[] bytes = new byte[layout.Length];
        Put(block.Vectors.Span, bytes, 0);
        Put(block.Norms.Span, bytes, layout.Norms);
        Put(block.Codes.Span, bytes, layout.Codes);
        Put(block.Scales.Span, bytes, layout.Scales);
        Put<int>(_ends.ToArray(), bytes, layout.Ends);
        Put<byte>(_records.GetBuffer().AsSpan(0, (int)_records.Length), bytes, layout.Records);
        byte[] header = new BlockHeader(block.Count, _count, _records.Length, BlockChecksum.Of(bytes, _header.Seed)).Write(_header.Seed);
        try
        {
            _stream.Position = _end + header.Length;
            _stream.Write(bytes, 0, bytes.Length);
            _stream.Flush(flushToDisk: true);
            _stream.Position = _end;
            _stream.Write(header, 0, header.Length);
            _stream.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw VectorFileFaults.Unusable(_path, exception);
        }

        _end += header.Length + bytes.Length;
        _count += block.Count;
        _vectors.Clear();
        _records.SetLength(0);
        _ends.Clear();
        _isBroken = false;
    }

    private static void Put<T>(ReadOnlySpan<T> part, byte[] bytes, long at)
        where T : struct => MemoryMarshal.AsBytes(part).CopyTo(bytes.AsSpan((int)at));
}
