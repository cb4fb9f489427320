using ChatPS.Client.Files;

namespace ChatPS.Client.Log;

/// <summary>
/// The file of a log. Any number of processes append whole lines to it; a file beside it, which one of them at a time holds open,
/// sees to that. When it is full it is put aside under the next number, and a new one begins.
/// </summary>
/// <param name="path">The full path.</param>
/// <param name="limit">How many bytes it may have when another line is added.</param>
internal sealed class AuditFile(string path, long limit)
{
    public const long StandardLimit = 50 * 1024 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private static readonly Random Jitter = new();

    /// <summary>Appends lines.</summary>
    /// <param name="lines">The lines, each with its end; none to find out whether it would work.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Append(byte[] lines)
    {
        using FileStream held = Hold();
        if (lines.Length > 0 && File.Exists(path) && new FileInfo(path).Length >= limit)
        {
            PutAside();
        }

        using FileStream file = Patiently(() => PrivateFile.OpenBesideReaders(path));
        long end = file.Seek(0, SeekOrigin.End);
        bool isBroken = lines.Length > 0 && end > 0 && !EndsALine(file, end);
        if (isBroken)
        {
            // Whoever wrote it was killed meanwhile; its rest must not spoil ours.
            file.WriteByte((byte)'\n');
        }

        file.Write(lines, 0, lines.Length);
    }

    /// <summary>Puts other content in the place of the file's own, while nobody else writes to it.</summary>
    /// <param name="make">Makes the content; of nothing else's than this file's.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Rewrite(Func<byte[]> make)
    {
        using FileStream held = Hold();
        PrivateFile.Replace(path, make());
    }

    /// <summary>Opens all that there is of the log, the oldest first, as it is at one moment.</summary>
    /// <param name="path">The full path of the file that is written to.</param>
    /// <returns>The files, to be read one after the other.</returns>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be opened.</exception>
    public static IReadOnlyList<FileStream> OpenAll(string path)
    {
        FileStream? held = null;
        try
        {
            held = new AuditFile(path, StandardLimit).TryHold();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever may only read takes what is there.
        }

        List<FileStream> files = [];
        try
        {
            string[] paths = [.. Aside(path).OrderBy(aside => aside.Number).Select(aside => aside.Path), .. File.Exists(path) ? [path] : Array.Empty<string>()];
            foreach (string each in paths)
            {
                // A pipe or a device has no length, and may have no end.
                if (new FileInfo(each).Length > 0)
                {
                    files.Add(OpenToRead(each));
                }
            }

            return files;
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
        finally
        {
            held?.Dispose();
        }
    }

    private string LockPath => path + ".lock";

    /// <summary>Opens the file to read it, however many write to it meanwhile.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static FileStream OpenToRead(string path) => Patiently(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    private FileStream Hold() => Patiently(() => PrivateFile.Open(LockPath));

    private static FileStream Patiently(Func<FileStream> open)
    {
        long deadline = Environment.TickCount + (long)LongestWait.TotalMilliseconds;
        while (true)
        {
            try
            {
                return open();
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException) && Environment.TickCount < deadline)
            {
                // Another one holds it, for less than a millisecond. No signal between processes is there on all systems.
                Thread.Sleep(Wait());
            }
        }
    }

    private FileStream? TryHold() => File.Exists(LockPath) ? Hold() : null;

    private void PutAside() => File.Move(path, FormattableString.Invariant($"{path}.{Aside(path).Select(aside => aside.Number).DefaultIfEmpty(0).Max() + 1}"));

    private static bool EndsALine(FileStream file, long end)
    {
        file.Seek(end - 1, SeekOrigin.Begin);
        return file.ReadByte() == '\n';
    }

    private static IEnumerable<(string Path, int Number)> Aside(string path)
    {
        string start = Path.GetFileName(path) + ".";
        foreach (string each in Directory.GetFiles(Path.GetDirectoryName(path)!, start + "*"))
        {
            // On some systems the pattern fits the file itself, too.
            if (Path.GetFileName(each).Length > start.Length && int.TryParse(Path.GetFileName(each).Substring(start.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number))
            {
                yield return (each, number);
            }
        }
    }

    private static int Wait()
    {
        lock (Jitter)
        {
            return Jitter.Next(1, 10);
        }
    }
}
