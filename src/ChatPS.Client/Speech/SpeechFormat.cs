using ChatPS.Client.Files;

namespace ChatPS.Client.Speech;

/// <summary>The formats of spoken text.</summary>
internal static class SpeechFormat
{
    /// <summary>Samples without a header.</summary>
    public const string Raw = "pcm";

    /// <summary>What services give where nothing is asked for.</summary>
    public const string Usual = "mp3";

    public const string Wave = "wav";

    /// <summary>The formats by the extensions of files.</summary>
    public static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp3"] = "mp3",
        [".wav"] = Wave,
        [".aac"] = "aac",
        [".flac"] = "flac",
        [".opus"] = "opus",
        [".ogg"] = "opus",
        [".pcm"] = Raw,
    };

    /// <summary>Whether parts of a text can be joined into one file.</summary>
    /// <param name="format">The format.</param>
    /// <returns>Whether they can.</returns>
    public static bool CanBeJoined(string format) => format is "mp3" or "aac" or Wave or Raw;

    /// <summary>Finds the name of the format that bytes have.</summary>
    /// <param name="kind">What they are; null where they do not tell.</param>
    /// <param name="asked">The format that was asked for.</param>
    /// <returns>The format.</returns>
    public static string Of(FileKind? kind, string asked) => kind is null || (kind == FileKind.Ogg && asked == "opus") ? asked : kind.Extension.TrimStart('.');

    /// <summary>Finds the media type of a format.</summary>
    /// <param name="format">The format.</param>
    /// <returns>The media type.</returns>
    public static string MediaTypeOf(string format) => format switch
    {
        "mp3" => FileKind.Mp3.MediaType,
        Wave => FileKind.Wave.MediaType,
        "aac" => FileKind.Aac.MediaType,
        "flac" => FileKind.Flac.MediaType,
        "opus" or "ogg" => FileKind.Ogg.MediaType,
        Raw => "audio/pcm",
        _ => "application/octet-stream",
    };
}
