using System.Globalization;
using System.Text;

namespace ChatPS.Sandbox.Files;

/// <summary>The files that services keep, for all dialects: an id begins with the dialect's own word, and says so whose it is.</summary>
/// <param name="clock">The clock by which files expire.</param>
internal sealed class FileStore(Func<DateTimeOffset> clock) : IDisposable
{
    /// <summary>How the ids of OpenAI and Azure begin.</summary>
    public const string OpenAI = "file-sandbox-";

    /// <summary>How Anthropic's ids begin.</summary>
    public const string Anthropic = "file_sandbox_";

    /// <summary>How Gemini's names begin, after <c>files/</c>.</summary>
    public const string Gemini = "sandbox-file-";

    private readonly object _lock = new();
    private readonly List<StoredFile> _files = [];
    private long _last;

    /// <summary>Where bodies lie until they are kept.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>Keeps a file.</summary>
    /// <param name="prefix">How its id begins.</param>
    /// <param name="name">Its name.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="content">Its bytes, which belong to the store from now on.</param>
    /// <param name="lifetime">How long it lives; null for ever.</param>
    /// <returns>The file.</returns>
    public StoredFile Add(string prefix, string name, string purpose, FileContent content, TimeSpan? lifetime = null)
    {
        DateTimeOffset now = clock();
        lock (_lock)
        {
            string id = prefix + (++_last).ToString("D6", CultureInfo.InvariantCulture);
            StoredFile file = new(id, name, purpose, content, now) { Expires = now + lifetime };
            _files.Add(file);
            return file;
        }
    }

    /// <summary>Keeps a file that the service writes itself, line by line, such as the results of a batch.</summary>
    /// <param name="prefix">How its id begins.</param>
    /// <param name="name">Its name.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="write">Writes its text.</param>
    /// <param name="lifetime">How long it lives; null for ever.</param>
    /// <returns>The file.</returns>
    public StoredFile Add(string prefix, string name, string purpose, Action<TextWriter> write, TimeSpan? lifetime = null)
    {
        string path = Folder.NewPath();
        using (StreamWriter writer = new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            write(writer);
        }

        FileContent content = new(new FileSegment(path, 0, new FileInfo(path).Length));
        return Change(Add(prefix, name, purpose, content, lifetime), static file => file with { IsMade = true });
    }

    /// <summary>Changes what is known of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="change">Makes the new one of it.</param>
    /// <returns>The new one.</returns>
    public StoredFile Change(StoredFile file, Func<StoredFile, StoredFile> change)
    {
        lock (_lock)
        {
            return _files[_files.FindIndex(other => other.Id == file.Id)] = change(file);
        }
    }

    /// <summary>Finds a file that has not expired.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The file; null where there is none.</returns>
    public StoredFile? Find(string id)
    {
        lock (_lock)
        {
            RemoveExpired();
            return _files.Find(file => file.Id == id);
        }
    }

    /// <summary>Opens a file, to be read once from front to back.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The stream; null where there is no such file.</returns>
    public Stream? OpenRead(string id) => Find(id)?.Content.OpenRead();

    /// <summary>The files of a dialect, the oldest first.</summary>
    /// <param name="prefix">How their ids begin.</param>
    /// <returns>The files.</returns>
    public IReadOnlyList<StoredFile> List(string prefix)
    {
        lock (_lock)
        {
            RemoveExpired();
            return _files.FindAll(file => file.Id.StartsWith(prefix, StringComparison.Ordinal));
        }
    }

    /// <summary>Removes a file.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            int index = _files.FindIndex(file => file.Id == id);
            if (index < 0)
            {
                return false;
            }

            _files[index].Content.Delete();
            _files.RemoveAt(index);
            return true;
        }
    }

    public void Dispose() => Folder.Dispose();

    private void RemoveExpired()
    {
        DateTimeOffset now = clock();
        foreach (StoredFile file in _files.Where(file => file.Expires <= now).ToArray())
        {
            Remove(file.Id);
        }
    }
}
