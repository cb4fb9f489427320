using System.Globalization;

namespace ChatPS.Sandbox.Http;

/// <summary>A part of some bytes, as the header <c>Range</c> asks for it.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is; 0 where it lies behind the end.</param>
internal sealed record ByteRange(long Start, long Length)
{
    private const string Unit = "bytes=";

    /// <summary>Reads the header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="size">How many bytes there are.</param>
    /// <returns>The part; null where all is asked for, or several parts, or the header is malformed: the answer is then the whole.</returns>
    public static ByteRange? Read(string? header, long size)
    {
        if (header?.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) != true || header.Substring(Unit.Length).Split('-') is not [{ } from, { } to])
        {
            return null;
        }

        if (from.Trim().Length == 0)
        {
            return Number(to) is { } last ? new ByteRange(Math.Max(0, size - last), Math.Min(size, last)) : null;
        }

        long? end = to.Trim().Length == 0 ? long.MaxValue : Number(to);
        return Number(from) is { } start && end >= start
            ? new ByteRange(Math.Min(start, size), Math.Max(0, Math.Min(end.Value, size - 1) - start + 1))
            : null;
    }

    private static long? Number(string text) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
