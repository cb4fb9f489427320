using System.Text;

namespace ChatPS.Client.Files;

/// <summary>What a file is, by its first bytes: names and headers are hints, and services get both wrong.</summary>
/// <param name="Family">The family: <c>image</c>, <c>audio</c>, <c>video</c> or <c>file</c>.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="Extension">The usual extension, with its dot.</param>
internal sealed record FileKind(string Family, string MediaType, string Extension)
{
    /// <summary>How many bytes are enough to tell.</summary>
    public const int EnoughBytes = 512;

    public static readonly FileKind Png = new("image", "image/png", ".png");
    public static readonly FileKind Jpeg = new("image", "image/jpeg", ".jpg");
    public static readonly FileKind Gif = new("image", "image/gif", ".gif");
    public static readonly FileKind WebP = new("image", "image/webp", ".webp");
    public static readonly FileKind Svg = new("image", "image/svg+xml", ".svg");
    public static readonly FileKind Wave = new("audio", "audio/wav", ".wav");
    public static readonly FileKind Mp3 = new("audio", "audio/mpeg", ".mp3");
    public static readonly FileKind Aac = new("audio", "audio/aac", ".aac");
    public static readonly FileKind Ogg = new("audio", "audio/ogg", ".ogg");
    public static readonly FileKind Flac = new("audio", "audio/flac", ".flac");
    public static readonly FileKind M4a = new("audio", "audio/mp4", ".m4a");
    public static readonly FileKind Mp4 = new("video", "video/mp4", ".mp4");
    public static readonly FileKind WebM = new("video", "video/webm", ".webm");
    public static readonly FileKind Pdf = new("file", "application/pdf", ".pdf");
    public static readonly FileKind Zip = new("file", "application/zip", ".zip");
    public static readonly FileKind Html = new("file", "text/html", ".html");

    /// <summary>Tells what bytes are.</summary>
    /// <param name="bytes">The first bytes, or all of them.</param>
    /// <returns>The kind; null where the bytes do not tell.</returns>
    public static FileKind? Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => Png,
        [0xFF, 0xD8, 0xFF, ..] => Jpeg,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => Wave,
        [(byte)'I', (byte)'D', (byte)'3', ..] => Mp3,
        [0xFF, byte second, ..] when (second & 0xF6) == 0xF0 => Aac,
        [0xFF, byte second, ..] when IsMp3Frame(second) => Mp3,
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => Ogg,
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => Flac,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'M', (byte)'4', (byte)'A', ..] => M4a,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => Mp4,
        [0x1A, 0x45, 0xDF, 0xA3, ..] => WebM,
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => Pdf,
        [(byte)'P', (byte)'K', 3, 4, ..] => Zip,
        _ => OfMarkup(bytes),
    };

    /// <summary>Tells whether an extension is that of a picture, a sound, a film or a document.</summary>
    /// <param name="extension">The extension, with its dot.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsExtension(string extension) => Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase);

    private static string[] Extensions =>
    [
        .. new[] { Png, Jpeg, Gif, WebP, Svg, Wave, Mp3, Aac, Ogg, Flac, M4a, Mp4, WebM, Pdf, Zip, Html }.Select(kind => kind.Extension),
        ".jpeg", ".opus", ".pcm", ".txt", ".json",
    ];

    // The rest of the sync word, a version that exists, and layer III; AAC and MP2 differ in the layer.
    private static bool IsMp3Frame(byte header) => (header & 0xE0) == 0xE0 && (header & 0x18) != 0x08 && (header & 0x06) == 0x02;

    private static FileKind? OfMarkup(ReadOnlySpan<byte> bytes)
    {
        string start = Encoding.UTF8.GetString(bytes.Slice(0, Math.Min(bytes.Length, EnoughBytes)).ToArray()).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return start.StartsWith("<svg", StringComparison.OrdinalIgnoreCase)
                || (start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && start.Contains("<svg", StringComparison.OrdinalIgnoreCase)) ? Svg
            : start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) ? Html
            : null;
    }
}
