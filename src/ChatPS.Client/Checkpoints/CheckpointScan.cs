using System.Text;
using System.Text.Json;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Checkpoints;

/// <summary>What lies in a checkpoint when it is opened: where each answer is, not the answers.</summary>
internal sealed class CheckpointScan
{
    private const string WaysOut = "Use -CheckpointMode Replace to start over, or another -CheckpointPath.";

    // Beyond it, arrays end.
    private const int LongestLine = 1024 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;

    private CheckpointScan(string path) => _path = path;

    /// <summary>What the answers were asked with; none in a file that is to be begun.</summary>
    public List<CheckpointHeader> Headers { get; } = [];

    public Dictionary<(RequestKey Key, int Occurrence), CheckpointPlace> Places { get; } = [];

    // What has several lines, such as a task before and after it was handed in, is one answer: the last line counts.
    public int Count => Places.Count;

    public long Tokens { get; private set; }

    public long LargestOutput { get; private set; }

    public decimal Cost { get; private set; }

    /// <summary>Where the last whole line ends. What follows is what a crash left.</summary>
    public long End { get; private set; }

    /// <summary>Whether the last whole line has its line end.</summary>
    public bool IsEnded { get; private set; } = true;

    private static ReadOnlySpan<byte> Mark => "{\"chatps\":"u8;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Makes sure that a file is a checkpoint or empty, by its first bytes: others may be huge.</summary>
    /// <param name="file">The file, at its start.</param>
    /// <param name="path">Its path, for the error.</param>
    /// <exception cref="ChatServiceException">It is something else, or from a newer release.</exception>
    public static void Verify(Stream file, string path)
    {
        byte[] bytes = new byte[32];
        int count = 0;
        for (int read = 1; read > 0 && count < bytes.Length; count += read)
        {
            read = file.Read(bytes, count, bytes.Length - count);
        }

        // A kill can leave the beginning of the beginning.
        ReadOnlySpan<byte> start = WithoutByteOrderMark(new ArraySegment<byte>(bytes, 0, count));
        int length = Math.Min(start.Length, Mark.Length);
        if (!start.Slice(0, length).SequenceEqual(Mark.Slice(0, length)))
        {
            throw Failures.Invalid($"-CheckpointPath: '{path}' is not a checkpoint; it is left as it is.", "Give another path, or delete the file first.");
        }

        int format = 0;
        foreach (byte digit in start.Slice(length))
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            format = Math.Min(format, 9999) * 10 + digit - '0';
        }

        if (format > CheckpointHeader.Format)
        {
            throw Newer(path, format);
        }
    }

    /// <summary>Reads the whole file.</summary>
    /// <param name="file">The file, at its start, verified.</param>
    /// <param name="path">Its path, for errors.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="ChatServiceException">A line among good ones is damaged, or from a newer release.</exception>
    public static CheckpointScan Read(Stream file, string path)
    {
        CheckpointScan scan = new(path);
        LineReader reader = new(file, LongestLine);
        int number = 0;
        int damaged = 0;
        while (reader.Read())
        {
            number++;
            if (reader.IsTooLong)
            {
                throw new IOException("A line of the file is longer than 1 GB.");
            }

            if (!scan.TryAdd(reader))
            {
                // Zeros among good lines are what a power cut leaves of lines whose saving had not been confirmed.
                damaged = damaged > 0 || Array.IndexOf(reader.Line.Array!, (byte)0, reader.Line.Offset, reader.Line.Count) >= 0 ? damaged : number;
                continue;
            }

            if (damaged > 0 || scan.Headers.Count == 0)
            {
                throw Failures.Invalid(
                    $"-CheckpointPath: line {Math.Max(damaged, 1)} of '{path}' cannot be read, though good lines follow it. No crash does that: the file was changed, or the disk fails.",
                    $"Delete that line, and its answer is asked for again. {WaysOut}");
            }

            scan.End = reader.Next;
            scan.IsEnded = reader.IsEnded;
        }

        return scan;
    }

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ArraySegment<byte> bytes)
    {
        ReadOnlySpan<byte> span = bytes;
        return span.StartsWith(ByteOrderMark) ? span.Slice(ByteOrderMark.Length) : span;
    }

    private static ChatServiceException Newer(string path, int format) => Failures.Invalid(
        FormattableString.Invariant($"-CheckpointPath: '{path}' was written by a newer release of ChatPS (format {format}; this one knows {CheckpointHeader.Format})."),
        "Update ChatPS, or give another path.");

    private bool TryAdd(LineReader reader)
    {
        ReadOnlySpan<byte> line = WithoutByteOrderMark(reader.Line);
        if (!IsText(reader.Line))
        {
            return false;
        }

        if (line.StartsWith(Mark))
        {
            return TryAddHeader(line);
        }

        if (CheckpointLine.Read(line, withRaw: false) is not { } entry)
        {
            return false;
        }

        Places[(entry.Key, entry.Occurrence)] = new CheckpointPlace(reader.Offset, reader.Line.Count);
        Tokens = Sum(Tokens, entry.Record.TotalTokens);
        LargestOutput = Math.Max(LargestOutput, entry.Record.OutputTokens);
        Cost = Sum(Cost, entry.Record.Cost ?? 0);
        return true;
    }

    // A damaged number makes a budget too small, never too large.
    private static long Sum(long all, long one) => one > long.MaxValue - all ? long.MaxValue : all + Math.Max(0, one);

    private static decimal Sum(decimal all, decimal one) => one > decimal.MaxValue - all ? decimal.MaxValue : all + Math.Max(0, one);

    private bool TryAddHeader(ReadOnlySpan<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line.ToArray());
            CheckpointHeader? header = CheckpointHeader.Read(document.RootElement, out int format);
            if (format > CheckpointHeader.Format)
            {
                throw Newer(_path, format);
            }

            if (header is null)
            {
                return false;
            }

            Headers.Add(header);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsText(ArraySegment<byte> bytes)
    {
        try
        {
            StrictUtf8.GetCharCount(bytes.Array!, bytes.Offset, bytes.Count);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
