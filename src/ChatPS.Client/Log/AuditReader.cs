using System.Text;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Log;

/// <summary>Reads logs.</summary>
public static class AuditReader
{
    /// <summary>Reads the entries of a log, those of the files that were put aside first. One line at a time is held.</summary>
    /// <param name="path">The full path of the file that is written to.</param>
    /// <param name="foreign">Hears of each file with lines that are no entries, and of how many there are.</param>
    /// <returns>The entries, in the order in which they were entered.</returns>
    /// <exception cref="ChatServiceException">There is no such log, or it cannot be read.</exception>
    public static IEnumerable<ChatLogEntry> Read(string path, Action<string, int> foreign)
    {
        IReadOnlyList<FileStream> files = Open(path);
        try
        {
            foreach (FileStream file in files)
            {
                using StreamReader lines = new(file, Encoding.UTF8);
                int others = 0;
                while (NextLine(lines, file.Name) is { } line)
                {
                    if (AuditLine.Read(line) is { } entry)
                    {
                        yield return entry;
                    }
                    else if (!string.IsNullOrWhiteSpace(line))
                    {
                        others++;
                    }
                }

                if (others > 0)
                {
                    foreign(file.Name, others);
                }
            }
        }
        finally
        {
            foreach (FileStream file in files)
            {
                file.Dispose();
            }
        }
    }

    private static IReadOnlyList<FileStream> Open(string path)
    {
        try
        {
            IReadOnlyList<FileStream> files = AuditFile.OpenAll(path);
            return files.Count > 0 ? files : throw Failures.Invalid($"There is no log '{path}'.", "Name the file that was given to Connect-ChatService -LogPath.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    private static string? NextLine(StreamReader lines, string path)
    {
        try
        {
            return lines.ReadLine();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or OutOfMemoryException)
        {
            throw Unreadable(path, exception);
        }
    }

    private static ChatServiceException Unreadable(string path, Exception exception) =>
        new(ErrorIds.LogFailed, $"The log '{path}' cannot be read: {exception.Message}", "Name the file that was given to Connect-ChatService -LogPath, as an account that may read it.", exception);
}
