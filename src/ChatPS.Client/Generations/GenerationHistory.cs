using System.Text;
using System.Text.Json;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Client.Log;

namespace ChatPS.Client.Generations;

/// <summary>
/// Remembers on disk what was handed in, so that it is found again tomorrow: a line for each task that was taken, and one for its
/// end. Any number of processes append to the file. What a task was made from is not in it but for the first words. Safe for
/// many threads.
/// </summary>
/// <param name="path">Finds the full path of the file.</param>
public sealed class GenerationHistory(Func<string> path)
{
    private const int MostLines = 10_000;
    private const int KeptLines = 5_000;
    private const int MostCharacters = 200;

    // Ours are far shorter; whatever is longer is none of them.
    private const int MostOfALine = 64 * 1024;

    // More than that need not be looked at for secrets, to show the first words.
    private const int MostMasked = 2_000;

    private readonly object _lock = new();
    private string? _counted;
    private int _lines;
    private bool _hasWarned;
    private List<KeptGeneration> _entries = [];
    private (string Path, long Length, DateTime At) _read;

    /// <summary>Remembers a task as it is now. What cannot be written is a warning, once, and no failure.</summary>
    /// <param name="task">The task.</param>
    /// <param name="connection">The settings of its connection.</param>
    /// <param name="warn">Hears that the history cannot be written; null for nobody.</param>
    public void Note(ChatGeneration task, ConnectionSettings connection, Action<string>? warn)
    {
        if (task.Id.Length == 0)
        {
            return;
        }

        KeptGeneration kept = KeptGeneration.Of(task);
        Secrets secrets = new(connection, CallSettings.None);
        kept.Prompt = First(task.Prompt, secrets);
        kept.FailReason = First(task.FailReason, secrets);
        kept.Connection = connection.Name;
        kept.Address = AddressOf(connection);
        lock (_lock)
        {
            try
            {
                Append(path(), kept);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ChatServiceException or NotSupportedException)
            {
                if (!_hasWarned)
                {
                    _hasWarned = true;
                    warn?.Invoke($"The history of generations cannot be written: {exception.Message} The tasks go on all the same; keep their ids.");
                }
            }
        }
    }

    /// <summary>Gets tasks as they were seen last, without their results.</summary>
    /// <param name="connection">The settings of the connection that has handed them in; null for all.</param>
    /// <returns>The tasks, the newest first.</returns>
    /// <exception cref="ChatServiceException">The file cannot be read; it says why.</exception>
    public IReadOnlyList<ChatGeneration> Read(ConnectionSettings? connection) =>
        [.. Entries().Where(kept => connection is null || IsOf(kept, connection)).Reverse().Select((kept, index) => kept.ToSeenTask(index))];

    /// <summary>Finds a task, to be looked at.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="connection">The settings of the connection that is asked first; null for none.</param>
    /// <param name="isOnly">Whether it is the only one.</param>
    /// <returns>The task; null where it is not remembered.</returns>
    /// <exception cref="ChatServiceException">The file cannot be read; it says why.</exception>
    public ChatGeneration? Find(string id, ConnectionSettings? connection, bool isOnly)
    {
        KeptGeneration[] known = [.. Entries().Where(kept => kept.Id == id)];
        KeptGeneration? found = (connection is null ? null : Array.FindLast(known, kept => IsOf(kept, connection))) ?? (isOnly ? null : known.LastOrDefault());
        return found?.ToTask(input: null, index: 0);
    }

    private static bool IsOf(KeptGeneration kept, ConnectionSettings connection) =>
        string.Equals(kept.Connection, connection.Name, StringComparison.OrdinalIgnoreCase) && kept.Address == AddressOf(connection);

    private static string AddressOf(ConnectionSettings connection) => connection.BaseUri.GetLeftPart(UriPartial.Path);

    private static string? First(string? text, Secrets secrets)
    {
        if (text is null)
        {
            return null;
        }

        string masked = Redactor.Clean(Cut(text, MostMasked), secrets);
        return masked.Length > MostCharacters ? Cut(masked, MostCharacters - 1) + "…" : masked;
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text.Substring(0, char.IsHighSurrogate(text[most - 1]) ? most - 1 : most);

    private void Append(string file, KeptGeneration kept)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(file)!);
        OrdinaryFile.RequireIfThere(file);
        OrdinaryFile.RequireIfThere(file + ".lock");
        AuditFile lines = new(file, long.MaxValue);
        byte[] line = ToLine(kept);
        if (line.Length > MostOfALine)
        {
            throw new IOException("What the service says of a task is too long to be remembered.");
        }

        lines.Append(line);
        if (_counted != file)
        {
            _counted = file;
            _lines = Lines(file).Count();
        }
        else
        {
            _lines++;
        }

        if (_lines > MostLines)
        {
            lines.Rewrite(() => Newest(file));
            _counted = null;
        }
    }

    private static byte[] Newest(string file)
    {
        List<KeptGeneration> entries = Entries(file);
        return [.. entries.Skip(Math.Max(0, entries.Count - KeptLines)).SelectMany(ToLine)];
    }

    // Many ids may be looked up one after the other.
    private List<KeptGeneration> Entries()
    {
        try
        {
            FileInfo file = new(path());
            (string Path, long Length, DateTime At) state = (file.FullName, file.Exists ? file.Length : 0, file.Exists ? file.LastWriteTimeUtc : default);
            lock (_lock)
            {
                if (_read != state)
                {
                    _entries = Entries(state.Path);
                    _read = state;
                }

                return _entries;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"The history of generations cannot be read: {exception.Message}", $"Make the file readable, or name another folder with the environment variable {ConfigurationFolder.Variable}.", exception);
        }
    }

    // In the order in which they were handed in, each as it was seen last. A damaged line is none.
    private static List<KeptGeneration> Entries(string file)
    {
        List<KeptGeneration> entries = [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (string line in Lines(file))
        {
            if (ReadLine(line) is not { Id.Length: > 0, Service.Length: > 0 } kept)
            {
                continue;
            }

            string key = string.Join("\n", kept.Address, kept.Connection, kept.Service, kept.Id);
            if (!places.TryGetValue(key, out int place))
            {
                places[key] = entries.Count;
                entries.Add(kept);
                continue;
            }

            kept.Prompt ??= entries[place].Prompt;
            kept.SubmittedAt ??= entries[place].SubmittedAt;
            entries[place] = kept;
        }

        return entries;
    }

    private static IEnumerable<string> Lines(string file)
    {
        if (!File.Exists(file))
        {
            yield break;
        }

        OrdinaryFile.RequireIfThere(file);
        using FileStream stream = AuditFile.OpenToRead(file);
        using StreamReader reader = new(stream, Encoding.UTF8);
        foreach (string line in BoundedLines.Read(reader, MostOfALine))
        {
            yield return line;
        }
    }

    private static KeptGeneration? ReadLine(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, KeptGenerationJson.Default.KeptGeneration);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] ToLine(KeptGeneration kept) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(kept, KeptGenerationJson.Default.KeptGeneration) + "\n");
}
