using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatPS.Client.Files;

namespace ChatPS.Client.ServiceFiles;

/// <summary>
/// Remembers an upload in the user's configuration folder while it lasts, so that one that a killed process has begun goes on where it
/// was. It holds ids of the service and no content. While one process works on an upload, no other takes it up.
/// </summary>
internal sealed class UploadNote : IDisposable
{
    // No service takes larger ones: a note of such was not written here.
    private const long LargestPart = 1L << 32;

    // Longer than any service keeps what is not complete.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    private readonly FileStream _file;
    private readonly string _version;

    private UploadNote(FileStream file, string version)
    {
        _file = file;
        _version = version;
        Read();
    }

    /// <summary>Gets the upload that was begun, by what it goes on by: an id or an address. Null for none.</summary>
    public string? Upload { get; private set; }

    /// <summary>Gets an upload that was begun when the file was another: nothing of it is of use. Null for none.</summary>
    public string? Outdated { get; private set; }

    /// <summary>Gets how long the parts of the upload are, in bytes.</summary>
    public long PartSize { get; private set; }

    /// <summary>Gets the ids of the parts that the service has, by their places from 0.</summary>
    public Dictionary<int, string> Parts { get; } = [];

    /// <summary>Opens the note of an upload.</summary>
    /// <param name="file">The file.</param>
    /// <param name="service">Where it goes.</param>
    /// <returns>The note; null where another process works on the same upload, or nothing can be remembered.</returns>
    public static UploadNote? Open(NewFile file, Uri service)
    {
        try
        {
            string folder = ConfigurationFolder.Uploads;
            PrivateFile.CreateFolder(folder);
            foreach (FileInfo old in new DirectoryInfo(folder).EnumerateFiles("*.jsonl").Where(note => DateTime.UtcNow - note.LastWriteTimeUtc > Kept))
            {
                old.Delete();
            }

            string path = Path.Combine(folder, Hash($"{service}\n{file.Path}\n{file.Name}\n{file.Purpose}\n{FileCalls.Seconds(file.ExpiresAfter)}") + ".jsonl");
            return new UploadNote(PrivateFile.Open(path), FileCalls.VersionOf(file.Path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ChatServiceException)
        {
            return null;
        }
    }

    /// <summary>Notes that an upload has begun.</summary>
    /// <param name="upload">What it goes on by.</param>
    /// <param name="partSize">How long its parts are, in bytes.</param>
    public void Begin(string upload, long partSize)
    {
        Forget();
        Upload = upload;
        PartSize = partSize;
        Write(json =>
        {
            json.WriteString("upload", upload);
            json.WriteString("file", _version);
            json.WriteNumber("part_bytes", partSize);
        });
    }

    /// <summary>Notes a part that the service has. Safe for many threads.</summary>
    /// <param name="place">Its place, from 0.</param>
    /// <param name="id">Its id.</param>
    public void Add(int place, string id)
    {
        lock (_file)
        {
            Write(json =>
            {
                json.WriteNumber("part", place);
                json.WriteString("id", id);
            });
        }
    }

    /// <summary>Forgets the upload: it is complete, or there is nothing to go on with.</summary>
    public void Forget()
    {
        Upload = null;
        Outdated = null;
        Parts.Clear();
        _file.SetLength(0);
    }

    /// <summary>Leaves the note for the next process, unless there is nothing in it.</summary>
    public void Dispose()
    {
        bool isEmpty = Upload is null;
        _file.Dispose();
        try
        {
            if (isEmpty)
            {
                File.Delete(_file.Name);
            }
        }
        catch (IOException)
        {
            // Another process has begun to upload the same file.
        }
    }

    private static string Hash(string text)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return FileCalls.Hex(hash.GetHashAndReset());
    }

    private void Write(Action<Utf8JsonWriter> members)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        _file.Write(line.GetBuffer(), 0, (int)line.Length);
        _file.Flush();
    }

    // A line that a killed process has not finished says nothing; whatever is damaged begins anew.
    private void Read()
    {
        using StreamReader reader = new(_file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 4096, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                Read(document.RootElement);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                // The part that it was about is sent again.
            }
        }

        _file.Seek(0, SeekOrigin.End);
        if (_file.Length > 0)
        {
            _file.WriteByte((byte)'\n');
        }
    }

    private void Read(JsonElement line)
    {
        if (line.TryGetProperty("upload", out JsonElement upload))
        {
            Upload = null;
            Outdated = null;
            Parts.Clear();
            bool isSame = line.GetProperty("file").GetString() == _version;
            PartSize = line.GetProperty("part_bytes").GetInt64();
            if (upload.GetString() is not { Length: > 0 } id || PartSize is < 1 or > LargestPart)
            {
                return;
            }

            Upload = isSame ? id : null;
            Outdated = isSame ? null : id;
        }
        else if (Upload is not null && line.GetProperty("part").GetInt32() is >= 0 and var place && line.GetProperty("id").GetString() is { Length: > 0 } part)
        {
            Parts[place] = part;
        }
    }
}
