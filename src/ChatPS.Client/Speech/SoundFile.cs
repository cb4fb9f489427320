using System.Security.Cryptography;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Speech;

/// <summary>Sound that is to be written down: a file, a part of one, or bytes. A file stays on the disk and is read while it is sent.</summary>
public sealed class SoundFile
{
    private const double Megabyte = 1024 * 1024;

    // A recording of speech has 8 KB a second or more; rather too long than too short.
    private const double BytesPerSecond = 8 * 1024;

    private static readonly Dictionary<FileKind, string[]> Extensions = new()
    {
        [FileKind.Mp3] = [".mp3", ".mpga", ".mpeg"],
        [FileKind.Wave] = [".wav"],
        [FileKind.M4a] = [".m4a", ".mp4"],
        [FileKind.Mp4] = [".mp4", ".m4a"],
        [FileKind.WebM] = [".webm"],
        [FileKind.Ogg] = [".ogg", ".oga"],
        [FileKind.Flac] = [".flac"],
        [FileKind.Aac] = [".aac"],
    };

    private readonly FileKind _kind;
    private readonly string _name;
    private readonly byte[]? _data;

    private SoundFile(FileKind kind, string name, string? path, byte[]? data, long offset, long length)
    {
        _kind = kind;
        _name = name;
        Path = path;
        _data = data;
        Offset = offset;
        Length = length;
    }

    /// <summary>The full path; null for bytes.</summary>
    public string? Path { get; }

    /// <summary>How many bytes are sent.</summary>
    public long Length { get; }

    /// <summary>How long it lasts; null where the file does not tell.</summary>
    public TimeSpan? Duration { get; private init; }

    /// <summary>Gets where it begins in the whole.</summary>
    internal TimeSpan Start { get; init; }

    internal long Offset { get; }

    internal byte[] Head { get; init; } = [];

    // That of the whole file, where it is a part.
    private long FileLength { get; init; }

    /// <summary>Gets where the samples lie; null where it is no WAV file.</summary>
    internal WaveFile? Wave { get; private init; }

    /// <summary>Gets how many minutes it has, about where the file does not tell.</summary>
    internal decimal Minutes => MinutesOf(Duration) ?? (decimal)(Length / BytesPerSecond / 60);

    /// <summary>Writes a time in minutes, as prices count them.</summary>
    /// <param name="time">The time; null where it is not known.</param>
    /// <returns>The minutes.</returns>
    internal static decimal? MinutesOf(TimeSpan? time) => (decimal?)time?.Ticks / TimeSpan.TicksPerMinute;

    /// <summary>Gets the name that it is sent by, whose extension is one of what it is: services look at that.</summary>
    internal string FileName => Extensions[_kind].Contains(System.IO.Path.GetExtension(_name), StringComparer.OrdinalIgnoreCase) ? _name : _name + Extensions[_kind][0];

    internal FileKind Kind => _kind;

    /// <summary>Looks at a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="parameter">The parameter that it came from, for the error.</param>
    /// <returns>The sound.</returns>
    /// <exception cref="ChatServiceException">There is no such file, or it is no sound that services take; it says why.</exception>
    public static SoundFile Open(string path, string parameter)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw Failures.Invalid(
                Directory.Exists(path) ? $"{parameter}: '{path}' is a folder." : $"{parameter}: there is no file '{path}'.", "Check the path. Get-ChildItem *.mp3 gives the files of a folder.");
        }

        OrdinaryFile.Require(path, parameter);
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            byte[] start = new byte[Math.Min(stream.Length, FileKind.EnoughBytes)];
            int read = 0;
            while (read < start.Length && stream.Read(start, read, start.Length - read) is > 0 and var more)
            {
                read += more;
            }

            FileKind kind = Require(start, $"'{path}'", parameter);
            WaveFile? wave = kind == FileKind.Wave ? WaveFile.Read(stream) : null;
            return new SoundFile(kind, file.Name, file.FullName, data: null, 0, stream.Length) { FileLength = stream.Length, Wave = wave, Duration = wave?.Duration };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"{parameter}: '{path}' cannot be read: {exception.Message}", "Check the file's permissions and who else has it open.", exception);
        }
    }

    /// <summary>Looks at bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="parameter">The parameter that they came from, for the error.</param>
    /// <returns>The sound.</returns>
    /// <exception cref="ChatServiceException">They are no sound that services take.</exception>
    public static SoundFile Open(byte[] bytes, string parameter)
    {
        FileKind kind = Require(bytes, "the value", parameter);
        using MemoryStream stream = new(bytes);
        return new SoundFile(kind, "sound", path: null, bytes, 0, bytes.Length) { Duration = kind == FileKind.Wave ? WaveFile.Read(stream)?.Duration : null };
    }

    /// <summary>Looks at a part that was made of a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="start">Where it begins in the whole.</param>
    /// <param name="duration">How long it lasts.</param>
    /// <returns>The part.</returns>
    internal static SoundFile Temporary(string path, TimeSpan start, TimeSpan duration)
    {
        SoundFile part = Open(path, "-SplitMinute");
        return new SoundFile(part._kind, part._name, part.Path, data: null, 0, part.Length) { FileLength = part.Length, Start = start, Duration = duration };
    }

    /// <summary>Finds a file that is larger than a service takes.</summary>
    /// <param name="most">The most bytes.</param>
    /// <exception cref="ChatServiceException">It is larger.</exception>
    internal void RequireAtMost(long most)
    {
        if (Length > most)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"-Path: {Named} has {Length / Megabyte:0.#} MB; the service takes {most / Megabyte:0.#} MB at most."),
                "Split it with -SplitMinute, or make it smaller, for example with ffmpeg -i talk.wav -ac 1 -b:a 64k talk.mp3. Where the service takes more, say so with -MaxFileSizeMB.");
        }
    }

    /// <summary>Makes a part of it, which is sent as a WAV file of its own.</summary>
    /// <param name="wave">Where the samples lie.</param>
    /// <param name="from">Where the part begins among them, in bytes.</param>
    /// <param name="bytes">How many bytes it has.</param>
    /// <returns>The part.</returns>
    internal SoundFile Part(WaveFile wave, long from, long bytes)
    {
        byte[] head = wave.Head(bytes);
        return new SoundFile(_kind, _name, Path, data: null, wave.Offset + from, head.Length + bytes) { FileLength = FileLength, Head = head, Duration = wave.DurationOf(bytes), Start = wave.DurationOf(from)!.Value };
    }

    /// <summary>Makes the body of a request.</summary>
    /// <param name="call">The call, which hears how far it is.</param>
    /// <returns>The body, which can be sent again.</returns>
    internal HttpContent ToContent(CallContext call) => _data is not null ? new ByteArrayContent(_data) : new FileBody(Path!, Offset, Length - Head.Length)
    {
        Head = Head,
        WholeLength = FileLength,
        Sent = (bytes, total) =>
        {
            // A service that takes bytes is alive, however long it takes them.
            call.Deadline.Restart();
            call.Settings.Watch?.Moves(new CallTransfer(bytes, total, IsUpload: true));
        },
    };

    /// <summary>Writes it as an address that holds it whole; for short recordings.</summary>
    /// <returns>The address.</returns>
    internal string ToDataAddress() => $"data:{_kind.MediaType};base64,{Convert.ToBase64String(_data ?? File.ReadAllBytes(Path!))}";

    /// <summary>Tells files apart by what they hold.</summary>
    /// <returns>The hash of what is sent.</returns>
    internal string Hash()
    {
        // SHA256.Create() fails in .NET Framework on machines in FIPS mode.
#if NET8_0_OR_GREATER
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
#else
        using SHA256CryptoServiceProvider hash = new();
#endif
        byte[] buffer = new byte[256 * 1024];
        Add(Head, Head.Length);
        if (_data is not null)
        {
            Add(_data, _data.Length);
        }
        else
        {
            using FileStream file = new(Path!, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
            file.Position = Offset;
            for (long left = Length - Head.Length; left > 0 && file.Read(buffer, 0, (int)Math.Min(buffer.Length, left)) is > 0 and var read; left -= read)
            {
                Add(buffer, read);
            }
        }

#if NET8_0_OR_GREATER
        return Convert.ToBase64String(hash.GetHashAndReset());

        void Add(byte[] bytes, int count) => hash.AppendData(bytes, 0, count);
#else
        hash.TransformFinalBlock([], 0, 0);
        return Convert.ToBase64String(hash.Hash);

        void Add(byte[] bytes, int count) => hash.TransformBlock(bytes, 0, count, null, 0);
#endif
    }

    /// <inheritdoc />
    public override string ToString() => Path ?? "bytes";

    internal string Named => Path is null ? "the value" : $"'{Path}'";

    private static FileKind Require(byte[] start, string what, string parameter) => start.Length == 0
        ? throw Failures.Invalid($"{parameter}: {what} is empty.", "Give a file with sound.")
        : FileKind.Of(start) is { } kind && Extensions.ContainsKey(kind) ? kind
        : throw Failures.Invalid(
            $"{parameter}: {what} is no sound that services take, whatever its name says.", "Give mp3, mp4, m4a, wav, webm, ogg or flac; convert others first, for example with ffmpeg -i talk.wma talk.mp3.");
}
