using System.IO.Compression;
using System.Text;

namespace ChatPS.Sandbox.Play;

/// <summary>A picture that is always the same for a prompt: two colours in bars, as large as it was asked for, in a few hundred bytes.</summary>
internal static class Picture
{
    // The smallest valid files of their kinds: compressing pictures is no business of a sandbox.
    private const string Jpeg = "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=";
    private const string WebP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
    private const string Gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly uint[] Table = MakeTable();

    /// <summary>Makes a picture.</summary>
    /// <param name="prompt">What it shows.</param>
    /// <param name="format">Its format; png if none is named.</param>
    /// <param name="width">How many pixels wide a PNG is.</param>
    /// <param name="height">How many pixels high a PNG is.</param>
    /// <returns>The file.</returns>
    public static byte[] Of(string prompt, string? format, int width, int height) => format switch
    {
        "jpeg" => Convert.FromBase64String(Jpeg),
        "webp" => Convert.FromBase64String(WebP),
        "gif" => Convert.FromBase64String(Gif),
        "svg" => Encoding.UTF8.GetBytes($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"/>"),
        _ => Png(Hash(prompt), width, height),
    };

    private static byte[] Png(uint seed, int width, int height)
    {
        using MemoryStream file = new();
        file.Write(Signature, 0, Signature.Length);
        Chunk(file, "IHDR", [.. Number(width), .. Number(height), 1, 3, 0, 0, 0]);
        Chunk(file, "PLTE", [(byte)seed, (byte)(seed >> 8), (byte)(seed >> 16), (byte)~seed, (byte)~(seed >> 8), (byte)~(seed >> 16)]);
        Chunk(file, "IDAT", Lines((byte)(seed >> 24), width, height));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    // One bit a pixel, eight pixels a byte; each line begins with the number of its filter.
    private static byte[] Lines(byte bars, int width, int height)
    {
        byte[] line = new byte[1 + ((width + 7) / 8)];
        for (int i = 1; i < line.Length; i++)
        {
            line[i] = bars;
        }

        using MemoryStream packed = new();
        packed.WriteByte(0x78);
        packed.WriteByte(0x01);
        uint a = 1;
        uint b = 0;
        using (DeflateStream deflate = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                deflate.Write(line, 0, line.Length);
                foreach (byte value in line)
                {
                    a = (a + value) % 65521;
                    b = (b + a) % 65521;
                }
            }
        }

        byte[] check = Number((int)((b << 16) | a));
        packed.Write(check, 0, check.Length);
        return packed.ToArray();
    }

    private static void Chunk(Stream file, string name, byte[] data)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes(name), .. data];
        uint crc = uint.MaxValue;
        foreach (byte value in content)
        {
            crc = Table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        byte[] chunk = [.. Number(data.Length), .. content, .. Number((int)~crc)];
        file.Write(chunk, 0, chunk.Length);
    }

    private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char letter in text)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return hash;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint n = 0; n < table.Length; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 1) == 0 ? c >> 1 : 0xEDB88320 ^ (c >> 1);
            }

            table[n] = c;
        }

        return table;
    }
}
