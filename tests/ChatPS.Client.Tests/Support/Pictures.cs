namespace ChatPS.Client.Tests;

/// <summary>The heads of pictures: as much as tells what they are, and how large.</summary>
internal static class Pictures
{
    public static readonly byte[] Png = PngOf(2, 3);

    public static readonly string Base64 = Convert.ToBase64String(Png);

    public static byte[] PngOf(int width, int height) =>
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. Number(width), .. Number(height), 8, 2, 0, 0, 0];

    public static byte[] JpegOf(int width, int height) =>
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC0, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 0, 0, 0];

    private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
