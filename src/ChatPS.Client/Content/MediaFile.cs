using System.Text;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Content;

/// <summary>Reads files that go into a message, and checks what they are by their content.</summary>
public static class MediaFile
{
    /// <summary>The largest file that is sent, in bytes: what OpenAI takes in one request.</summary>
    public const long LargestFile = 50L * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding StrictUtf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding StrictBigEndianUtf16 = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>Makes an image part from a path or an address.</summary>
    /// <param name="source">A full path, an <c>http(s):</c> address or a <c>data:</c> address.</param>
    /// <param name="detail">See <see cref="ChatContent.Detail"/>.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ChatServiceException">There is no such file, or it is no image that services take.</exception>
    public static ChatContent Image(string source, string? detail, string origin)
    {
        if (IsAddress(source))
        {
            return new ChatContent { Type = "image_url", Url = source, Detail = detail };
        }

        return Image(Read(source, origin), source, detail, origin);
    }

    /// <summary>Makes an image part from an image itself.</summary>
    /// <param name="bytes">The image.</param>
    /// <param name="detail">See <see cref="ChatContent.Detail"/>.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ChatServiceException">It is no image that services take, or too large.</exception>
    public static ChatContent Image(byte[] bytes, string? detail, string origin)
    {
        CheckLength(bytes.Length, "the value", origin);
        return Image(bytes, source: null, detail, origin);
    }

    /// <summary>Makes an audio part from a file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ChatServiceException">There is no such file, or it is neither WAV nor MP3.</exception>
    public static ChatContent Audio(string path, string origin)
    {
        byte[] bytes = Read(path, origin);
        string format = AudioFormat(bytes)
            ?? throw Failures.Invalid($"{origin}: '{path}' is neither WAV nor MP3, whatever its name says.", "Convert the audio to WAV or MP3 first.");
        return new ChatContent { Type = "input_audio", Data = Convert.ToBase64String(bytes), Format = format, FileName = Path.GetFileName(path) };
    }

    /// <summary>Makes a file part, such as a PDF.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ChatServiceException">There is no such file.</exception>
    public static ChatContent File(string path, string origin)
    {
        byte[] bytes = Read(path, origin);
        string type = StartsWith(bytes, "%PDF") ? "application/pdf" : ImageType(bytes) ?? (TryDecode(bytes, out _) ? "text/plain" : "application/octet-stream");
        return new ChatContent { Type = "file", Data = DataAddress(type, bytes), FileName = Path.GetFileName(path) };
    }

    /// <summary>Makes a part of whatever a file holds: an image, audio, a PDF, or text with the file's name above it.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ChatServiceException">There is no such file, or it is of another kind.</exception>
    public static ChatContent Attachment(string path, string origin)
    {
        return Attachment(Read(path, origin), Path.GetFileName(path), $"'{path}'", origin);
    }

    /// <summary>Makes a part of whatever bytes hold: an image, audio, a PDF, or text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="origin">The parameter that they came from, for the error.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ChatServiceException">They hold something else, or are too many.</exception>
    public static ChatContent Attachment(byte[] bytes, string origin)
    {
        CheckLength(bytes.Length, "the value", origin);
        return Attachment(bytes, name: null, "the value", origin);
    }

    /// <summary>Reads a file of text.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ChatServiceException">There is no such file, or it is no text.</exception>
    public static string Text(string path, string origin)
    {
        byte[] bytes = Read(path, origin);
        return ImageType(bytes) is null && !StartsWith(bytes, "%PDF") && TryDecode(bytes, out string text)
            ? text
            : throw Failures.Invalid($"{origin}: '{path}' is no text.", "Give a file of text in UTF-8 or UTF-16.");
    }

    /// <summary>Finds content that is too large to be sent together.</summary>
    /// <param name="content">The parts of a message.</param>
    /// <exception cref="ChatServiceException">It is too large.</exception>
    public static void CheckTotal(IEnumerable<ChatContent> content)
    {
        // Base64 makes four characters of three bytes.
        long total = content.Sum(part => ((part.Data?.Length ?? 0L) + (part.Url?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true ? part.Url.Length : 0L)) / 4 * 3);
        if (total > LargestFile)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"The files and images of the message have {total / (1024 * 1024)} MB together; at most {LargestFile / (1024 * 1024)} MB can be sent."),
                "Make them smaller, or send fewer at a time.");
        }
    }

    private static ChatContent Image(byte[] bytes, string? source, string? detail, string origin)
    {
        string type = ImageType(bytes)
            ?? throw Failures.Invalid(
                source is null ? $"{origin}: the value is not a PNG, JPEG, GIF or WebP image." : $"{origin}: '{source}' is not a PNG, JPEG, GIF or WebP image, whatever its name says.",
                "Give an image in one of these formats; convert others first.");
        return new ChatContent { Type = "image_url", Url = DataAddress(type, bytes), Detail = detail, FileName = source is null ? null : Path.GetFileName(source) };
    }

    private static ChatContent Attachment(byte[] bytes, string? name, string what, string origin)
    {
        if (ImageType(bytes) is { } type)
        {
            return new ChatContent { Type = "image_url", Url = DataAddress(type, bytes), FileName = name };
        }

        if (StartsWith(bytes, "%PDF"))
        {
            return new ChatContent { Type = "file", Data = DataAddress("application/pdf", bytes), FileName = name ?? "file.pdf" };
        }

        // Text comes first: UTF-16 begins like an MP3 frame.
        if (TryDecode(bytes, out string text))
        {
            return new ChatContent { Text = name is null ? text : $"File {name}:\n{text}", FileName = name };
        }

        return AudioFormat(bytes) is { } format
            ? new ChatContent { Type = "input_audio", Data = Convert.ToBase64String(bytes), Format = format, FileName = name }
            : throw Failures.Invalid(
                $"{origin}: {what} is neither UTF-8 or UTF-16 text nor an image nor a PDF nor audio.",
                "Attach text, PNG, JPEG, GIF, WebP, PDF, WAV or MP3. Save text of another encoding as UTF-8 first.");
    }

    private static bool IsAddress(string source) =>
        source.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || source.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || source.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    private static byte[] Read(string path, string origin)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw Failures.Invalid($"{origin}: there is no file '{path}'.", "Check the path.");
        }

        OrdinaryFile.Require(path, origin);
        CheckLength(file.Length, $"the file '{path}'", origin);
        try
        {
            return System.IO.File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"{origin}: '{path}' cannot be read: {exception.Message}", "Check the file's permissions and who else has it open.", exception);
        }
    }

    private static void CheckLength(long length, string what, string origin)
    {
        if (length == 0)
        {
            throw Failures.Invalid($"{origin}: {what} is empty.", "Give a file with content.");
        }

        if (length > LargestFile)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"{origin}: {what} has {length / (1024 * 1024)} MB; at most {LargestFile / (1024 * 1024)} MB can be sent."), "Make it smaller, or split it.");
        }
    }

    // What services take in a message.
    private static string? ImageType(byte[] bytes) => FileKind.Of(bytes) is { Family: "image" } kind && kind != FileKind.Svg ? kind.MediaType : null;

    private static string? AudioFormat(byte[] bytes)
    {
        FileKind? kind = FileKind.Of(bytes);
        return kind == FileKind.Wave ? "wav" : kind == FileKind.Mp3 ? "mp3" : null;
    }

    private static bool TryDecode(byte[] bytes, out string text)
    {
        text = "";
        Encoding encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => StrictUtf16,
            [0xFE, 0xFF, ..] => StrictBigEndianUtf16,
            _ => StrictUtf8,
        };
        try
        {
            text = encoding.GetString(bytes).TrimStart('\uFEFF');
            return text.IndexOf('\0') < 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool StartsWith(byte[] bytes, string text) => bytes.Length >= text.Length && Encoding.ASCII.GetString(bytes, 0, text.Length) == text;

    private static string DataAddress(string type, byte[] bytes) => $"data:{type};base64,{Convert.ToBase64String(bytes)}";
}
