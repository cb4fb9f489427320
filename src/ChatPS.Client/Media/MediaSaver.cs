using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Client.ServiceFiles;

namespace ChatPS.Client.Media;

/// <summary>Saves pictures, sound, films and files of services under names of our own. What each of them is, its bytes tell.</summary>
public sealed class MediaSaver
{
    /// <summary>The most bytes of a file where nothing else is said: 1 GB.</summary>
    public const long DefaultMaxBytes = 1024L * 1024 * 1024;

    private const string Rescue = "What could not be saved is in the object that was emitted.";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly FileTarget _files;
    private readonly long _maxBytes;

    private MediaSaver(FileTarget files, long maxBytes)
    {
        ParameterRules.Range(maxBytes, 1, long.MaxValue, "-MaxBytes");
        _files = files;
        _maxBytes = maxBytes;
    }

    /// <summary>Saves to a folder, whose files are numbered. Nothing is made yet.</summary>
    /// <param name="path">The full path of the folder; it need not be there.</param>
    /// <param name="force">Whether numbers begin at 1 and files that are there are replaced; otherwise numbers go on after the highest one there.</param>
    /// <param name="maxBytes">The most bytes of a file.</param>
    /// <returns>What saves.</returns>
    /// <exception cref="ChatServiceException">Nothing can be written there.</exception>
    public static MediaSaver InFolder(string path, bool force, long maxBytes) =>
        new(FileTarget.OpenFolder("-OutDirectory", path, force), maxBytes);

    /// <summary>Saves one file, or several whose names end in numbers. Nothing is made yet.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="force">Whether a file that is there already is replaced.</param>
    /// <param name="maxBytes">The most bytes of a file.</param>
    /// <returns>What saves.</returns>
    /// <exception cref="ChatServiceException">Nothing can be written there.</exception>
    public static MediaSaver AsFile(string path, bool force, long maxBytes) => Directory.Exists(path) || Path.GetExtension(path).Length == 0
        ? throw Failures.Invalid($"-Path: '{path}' is no name of a file.", "Give a name with an extension, such as cat.png, or name a folder with -OutDirectory.")
        : new(FileTarget.Open("-Path", path, [Path.GetExtension(path)], force ? ExistingFile.Replaced : ExistingFile.KeptWithoutForce), maxBytes);

    /// <summary>Keeps whatever lies in the folder from now on, since a checkpoint owns it.</summary>
    public void KeepFolder() => _files.KeepFolder();

    /// <summary>Finds the place in the names for an item that is going to be asked for or saved. Call it in the order of the input.</summary>
    /// <param name="item">The item's place in the pipeline, from 0.</param>
    /// <returns>The place, from 0: in a folder the next one.</returns>
    /// <exception cref="ChatServiceException">There is none, or the folder cannot be read.</exception>
    public int Take(int item) => _files.Take(item);

    /// <summary>Saves something, and notes the path with it. Its bytes then lie in the file alone. Files are there whole or not at all.</summary>
    /// <param name="media">What to save.</param>
    /// <param name="item">The place in the names that <see cref="Take"/> has given.</param>
    /// <param name="part">Which of the item's results it is, from 0.</param>
    /// <param name="connection">Finds the connection, should there be an address to fetch it from.</param>
    /// <param name="settings">What calls to the service do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Done when it is saved.</returns>
    /// <exception cref="ChatServiceException">It is of another kind, cannot be had, or cannot be saved; it says why.</exception>
    public async Task SaveAsync(ChatMedia media, int item, int part, Func<ServiceConnection> connection, CallSettings settings, CancellationToken cancellationToken)
    {
        if ((media.Data ?? DataOf(media.Url)) is { } data)
        {
            Save(media, data, path: null, item, part);
            return;
        }

        string extension = media.Kind == "image" ? FileKind.Png.Extension : ".bin";
        media.Path = await _files.SaveAsync(
            _files.PathOf(item, part, extension),
            async stream =>
            {
                await CopyAsync(media, stream, connection, settings, cancellationToken);
                await stream.FlushAsync(cancellationToken);
                string kind = Describe(media, await HeadAsync(stream, cancellationToken), stream.Length);
                return Fit(_files.PathOf(item, part, kind), kind);
            },
            rescue: "");
    }

    /// <summary>Saves a preview whose picture was never finished, under a name that no finished picture has.</summary>
    /// <param name="image">The preview.</param>
    /// <param name="item">The place in the names that <see cref="Take"/> has given.</param>
    public void SavePartial(ChatImage image, int item)
    {
        if (image.Data is { } data)
        {
            Save(image, data, Path.Combine(Path.GetDirectoryName(_files.PathOf(item, 0, ".png"))!, FormattableString.Invariant($"{item + 1:0000}.partial")), item, part: 0);
        }
    }

    private static byte[]? DataOf(string? url) => DataAddress.Is(url) ? DataAddress.Read(url!)?.Data ?? throw Failures.Invalid("The data: address holds no base64.", "Ask again.") : null;

    // From the file that it was saved to before, or from its address.
    private async Task CopyAsync(ChatMedia media, Stream target, Func<ServiceConnection> connection, CallSettings settings, CancellationToken cancellationToken)
    {
        if (media.Path is { } saved)
        {
            using FileStream source = new(saved, FileMode.Open, FileAccess.Read, FileShare.Read);
            await source.CopyToAsync(target, 81920, cancellationToken);
            return;
        }

        if (media is { Url: null or "", FileId: { Length: > 0 } id })
        {
            ServiceConnection service = connection();
            await service.Require<IServiceFiles>("files").DownloadAsync(service, id, target, settings, cancellationToken);
            RequireSize(media, target.Length);
            return;
        }

        if (media.Url is not { Length: > 0 } url)
        {
            throw Failures.Invalid($"The {Word(media)} has neither bytes nor an address.", "Give one that has.");
        }

        void Progress(long taken, long? total) => settings.Watch?.Moves(new CallTransfer(taken, total, IsUpload: false));
        media.MediaType = await MediaDownload.Of(connection()).CopyAsync(url, target, _maxBytes, settings, Progress, cancellationToken) ?? media.MediaType;
    }

    private static async Task<byte[]> HeadAsync(Stream file, CancellationToken cancellationToken)
    {
        byte[] head = new byte[Math.Min(PictureSize.EnoughBytes, file.Length)];
        file.Position = 0;
        for (int read = 0; read < head.Length;)
        {
            int more = await file.ReadAsync(head.AsMemory(read), cancellationToken);
            read = more == 0 ? throw new IOException("The file has become shorter while it was read.") : read + more;
        }

        return head;
    }

    private void Save(ChatMedia media, byte[] data, string? path, int item, int part)
    {
        bool isSound = media is { Kind: "audio", MediaType: { } type } && (type.StartsWith("audio/pcm", StringComparison.OrdinalIgnoreCase) || type.StartsWith("audio/L16", StringComparison.OrdinalIgnoreCase));
        byte[] content = isSound ? WaveFile.Wrap(data) : data;
        RequireSize(media, content.LongLength);
        string extension = Describe(media, content, content.LongLength);
        string place = path is null ? Fit(_files.PathOf(item, part, extension), extension) : path + extension;
        media.Path = _files.Save(place, content, Rescue);
        media.Data = null;
    }

    private void RequireSize(ChatMedia media, long size)
    {
        if (size > _maxBytes)
        {
            throw new ChatServiceException(ErrorIds.BadResponse, FormattableString.Invariant($"The {Word(media)} has {size} bytes, more than the {_maxBytes} of -MaxBytes."), "Allow more with -MaxBytes, if you trust the service.");
        }
    }

    // Notes what the bytes are, and gives the extension of such files. A name that the user chose keeps the spelling of the same kind.
    private static string Describe(ChatMedia media, byte[] head, long size)
    {
        FileKind? kind = FileKind.Of(head);
        string extension = kind?.Extension ?? "";
        bool fits = media.Kind switch
        {
            "image" => kind?.Family == "image",
            "audio" => kind?.Family == "audio" || kind == FileKind.Mp4 || kind == FileKind.WebM,
            "video" => kind?.Family == "video",
            _ => true,
        };
        if (!fits || (media.Kind == "file" && IsAnswerInstead(media, head, kind)))
        {
            string start = Printable.Line(Encoding.UTF8.GetString(head, 0, Math.Min(head.Length, 200)), 80);
            throw new ChatServiceException(
                ErrorIds.BadResponse,
                $"What came is no {Word(media)} but {(kind is null ? "something else" : kind.MediaType)}; it begins: {start}",
                "The address may have expired. Ask again, and save the result at once.");
        }

        media.Size = size;
        media.MediaType = media.Kind == "text" ? media.MediaType : kind?.MediaType ?? media.MediaType;
        if (media is ChatImage image && PictureSize.Of(head) is var (width, height))
        {
            image.Width = width;
            image.Height = height;
        }

        return media.Kind == "text" ? ".txt" : extension.Length > 0 ? extension : IsText(head) ? ".txt" : ".bin";
    }

    // A page or JSON where a file was meant is what a host says in its place, unless it was announced as such.
    private static bool IsAnswerInstead(ChatMedia media, byte[] head, FileKind? kind)
    {
        string said = $"{media.MediaType} {Path.GetExtension(Printable.Line(media.FileName ?? "", 200))}";
        int first = Array.FindIndex(head, letter => letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'));
        return kind == FileKind.Html ? media.FileName is null || !said.Contains("htm", StringComparison.OrdinalIgnoreCase)
            : kind is null && first >= 0 && head[first] == (byte)'{' && !said.Contains("json", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsText(byte[] head)
    {
        try
        {
            // The last bytes may be half a letter.
            return StrictUtf8.GetCharCount(head, 0, head.Length > 8 ? Array.FindLastIndex(head, letter => letter < 0x80) + 1 : head.Length) > 0 && Array.IndexOf(head, (byte)0) < 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static string Fit(string path, string extension)
    {
        string given = Path.GetExtension(path);
        bool isSame = string.Equals(given, extension, StringComparison.OrdinalIgnoreCase)
            || (extension == FileKind.Jpeg.Extension && string.Equals(given, ".jpeg", StringComparison.OrdinalIgnoreCase))
            || extension is ".txt" or ".bin";
        return isSame ? path : Path.ChangeExtension(path, extension);
    }

    private static string Word(ChatMedia media) => media.Kind switch
    {
        "image" => "picture",
        "audio" => "sound",
        "video" => "film",
        _ => "file",
    };
}
