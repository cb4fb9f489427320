namespace ChatPS.Client.Files;

/// <summary>How many pixels a picture has, by its head.</summary>
internal static class PictureSize
{
    /// <summary>How many bytes are enough to tell, but for JPEGs with a large preview in them.</summary>
    public const int EnoughBytes = 256 * 1024;

    /// <summary>The longest side that is believed, in pixels: that of a JPEG. A head that says more is not that of a picture for services.</summary>
    public const int LongestSide = 65_535;

    /// <summary>Reads width and height.</summary>
    /// <param name="bytes">The first bytes, or all of them.</param>
    /// <returns>The numbers; null where the bytes do not tell.</returns>
    public static (int Width, int Height)? Of(ReadOnlySpan<byte> bytes) => Said(bytes) is { } said && IsProper(said.Width) && IsProper(said.Height) ? ((int)said.Width, (int)said.Height) : null;

    /// <summary>Reads width and height as they stand there, also where no picture can have them.</summary>
    /// <param name="bytes">The first bytes, or all of them.</param>
    /// <returns>The numbers; null where the bytes do not tell.</returns>
    public static (long Width, long Height)? Said(ReadOnlySpan<byte> bytes)
    {
        FileKind? kind = FileKind.Of(bytes);
        return kind == FileKind.Png && bytes.Length >= 24 ? (BigEndian(bytes, 16, 4), BigEndian(bytes, 20, 4))
            : kind == FileKind.Gif && bytes.Length >= 10 ? (LittleEndian(bytes, 6, 2), LittleEndian(bytes, 8, 2))
            : kind == FileKind.WebP && bytes.Length >= 30 ? OfWebP(bytes)
            : kind == FileKind.Jpeg ? OfJpeg(bytes)
            : null;
    }

    private static (long Width, long Height)? OfWebP(ReadOnlySpan<byte> bytes)
    {
        switch (bytes[15])
        {
            case (byte)' ':
                return (LittleEndian(bytes, 26, 2) & 0x3FFF, LittleEndian(bytes, 28, 2) & 0x3FFF);
            case (byte)'L':
                long bits = LittleEndian(bytes, 21, 4);
                return ((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
            case (byte)'X':
                return (LittleEndian(bytes, 24, 3) + 1, LittleEndian(bytes, 27, 3) + 1);
            default:
                return null;
        }
    }

    // Segment by segment up to the frame's own; those of other kinds (C4, C8, CC) are no frames.
    private static (long Width, long Height)? OfJpeg(ReadOnlySpan<byte> bytes)
    {
        for (int at = 2; at + 9 < bytes.Length && bytes[at] == 0xFF;)
        {
            byte marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BigEndian(bytes, at + 7, 2), BigEndian(bytes, at + 5, 2));
            }

            at += marker is 0xFF ? 1 : marker is 0x01 or (>= 0xD0 and <= 0xD8) ? 2 : 2 + (int)BigEndian(bytes, at + 2, 2);
        }

        return null;
    }

    private static bool IsProper(long side) => side is > 0 and <= LongestSide;

    private static long BigEndian(ReadOnlySpan<byte> bytes, int at, int length)
    {
        long value = 0;
        for (int i = 0; i < length; i++)
        {
            value = (value << 8) | bytes[at + i];
        }

        return value;
    }

    private static long LittleEndian(ReadOnlySpan<byte> bytes, int at, int length)
    {
        long value = 0;
        for (int i = length - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[at + i];
        }

        return value;
    }
}
