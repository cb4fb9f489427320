using System.Net.Http.Headers;
using System.Security.Cryptography;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Images;

/// <summary>A picture that goes into a request: a file, which is read as it is sent, or bytes.</summary>
public sealed class ImageFile
{
    /// <summary>The largest picture that services take, in bytes.</summary>
    public const long Largest = 50L * 1024 * 1024;

    /// <summary>The largest mask that services take, in bytes.</summary>
    public const long LargestMask = 4L * 1024 * 1024;

    private readonly string? _path;
    private readonly byte[]? _data;
    private readonly FileKind _kind;
    private readonly string _name;

    private ImageFile(string? path, byte[]? data, FileKind kind, long length, (int Width, int Height)? size, string name)
    {
        _path = path;
        _data = data;
        _kind = kind;
        _name = name;
        Length = length;
        Size = size;
    }

    /// <summary>Gets how many bytes it has.</summary>
    internal long Length { get; }

    /// <summary>Gets how many pixels it has; null where its head does not tell.</summary>
    internal (int Width, int Height)? Size { get; }

    internal bool IsPng => _kind == FileKind.Png;

    /// <summary>Gets the name that it goes by in a form: with the ending of what it is.</summary>
    internal string FormName => "image" + _kind.Extension;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ChatServiceException">There is no such file, or it is no PNG, JPEG or WebP.</exception>
    public static ImageFile Open(string path, string origin)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                throw Directory.Exists(path)
                    ? Failures.Invalid($"{origin}: '{path}' is a folder.", "Name a picture, or pipe in those of the folder: Get-ChildItem -File, for example with -Filter *.png.")
                    : Failures.Invalid($"{origin}: there is no file '{path}'.", "Check the path.");
            }

            OrdinaryFile.Require(path, origin);
            byte[] head = new byte[Math.Min(PictureSize.EnoughBytes, file.Length)];
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            int read = 0;
            for (int more; read < head.Length && (more = stream.Read(head, read, head.Length - read)) > 0; read += more)
            {
                // A read may bring less than there is.
            }

            return Make(path, data: null, head.AsSpan(0, read), file.Length, $"'{path}'", origin);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"{origin}: '{path}' cannot be read: {exception.Message}", "Check the file's permissions and who else has it open.", exception);
        }
    }

    /// <summary>Takes the bytes of a picture.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="origin">The parameter that they came from, for the error.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ChatServiceException">They are no PNG, JPEG or WebP.</exception>
    public static ImageFile Of(byte[] data, string origin) => Make(path: null, data, data, data.LongLength, "the value", origin);

    /// <inheritdoc />
    public override string ToString() => _name;

    /// <summary>Makes the body of a part of a form.</summary>
    /// <param name="watch">Knows how much of it has gone; null if nobody looks on.</param>
    /// <returns>The body, which reads the file anew with every attempt.</returns>
    internal HttpContent Body(CallWatch? watch)
    {
        HttpContent body = _path is null ? new ByteArrayContent(_data!) : new FileBody(_path, 0, Length) { WholeLength = Length, Sent = (bytes, total) => watch?.Moves(new CallTransfer(bytes, total, IsUpload: true)) };
        body.Headers.ContentType = new MediaTypeHeaderValue(_kind.MediaType);
        return body;
    }

    /// <summary>Makes a part of a chat.</summary>
    /// <returns>The part, which holds all of the picture.</returns>
    internal ChatContent Content() => new() { Type = "image_url", Url = $"data:{_kind.MediaType};base64,{Convert.ToBase64String(_data ?? File.ReadAllBytes(_path!))}" };

    /// <summary>Tells it apart from other pictures.</summary>
    /// <returns>The digest of its bytes.</returns>
    internal string Digest()
    {
        using Stream stream = _path is null ? new MemoryStream(_data!) : new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read);
#if NET8_0_OR_GREATER
        byte[] hash = SHA256.HashData(stream);
#else
        using SHA256CryptoServiceProvider sha256 = new();
        byte[] hash = sha256.ComputeHash(stream);
#endif
        return Convert.ToBase64String(hash);
    }

    private static ImageFile Make(string? path, byte[]? data, ReadOnlySpan<byte> head, long length, string what, string origin)
    {
        FileKind? kind = FileKind.Of(head);
        if (kind != FileKind.Png && kind != FileKind.Jpeg && kind != FileKind.WebP)
        {
            throw Failures.Invalid(
                $"{origin}: {what} is no PNG, JPEG or WebP{(kind is null ? "" : $" but {kind.MediaType}")}{(path is null ? "" : ", whatever its name says")}.", "Convert it to one of these formats first.");
        }

        (int Width, int Height)? size = PictureSize.Of(head);
        if (size is null && PictureSize.Said(head) is var (width, height))
        {
            throw Failures.Invalid(FormattableString.Invariant($"{origin}: {what} says that it has {width}x{height} pixels, and pictures have 1 to {PictureSize.LongestSide} on a side."), "The file is damaged, or too large; save the picture anew.");
        }

        return length <= Largest
            ? new ImageFile(path, data, kind, length, size, path ?? "picture")
            : throw Failures.Invalid(FormattableString.Invariant($"{origin}: {what} has {length / (1024 * 1024)} MB; at most {Largest / (1024 * 1024)} MB can be sent."), "Make it smaller.");
    }
}
