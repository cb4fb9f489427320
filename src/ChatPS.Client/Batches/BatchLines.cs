using System.Text.Json;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Files;

namespace ChatPS.Client.Batches;

/// <summary>The lines of files of requests and of results, by the ids in them.</summary>
internal static class BatchLines
{
    /// <summary>Goes through the lines of a file that belong to requests of a batch.</summary>
    /// <param name="path">The full path; where there is no file, there are no lines.</param>
    /// <param name="engine">How ids are read.</param>
    /// <param name="state">The batch.</param>
    /// <param name="take">Takes each line, which is valid until the next one.</param>
    /// <param name="other">Hears of lines that belong to none, with their ids where they have one; null for nobody.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Each(string path, IBatchEngine engine, BatchState state, Action<LineReader, BatchRequestId> take, Action<string?>? other = null)
    {
        if (File.Exists(path))
        {
            using FileStream stream = Open(path);
            Each(stream, engine, state, take, other);
        }
    }

    /// <summary>Goes through the lines that belong to requests of a batch.</summary>
    /// <param name="content">The lines, from where it stands.</param>
    /// <param name="engine">How ids are read.</param>
    /// <param name="state">The batch.</param>
    /// <param name="take">Takes each line, which is valid until the next one.</param>
    /// <param name="other">Hears of lines that belong to none, with their ids where they have one; null for nobody.</param>
    /// <exception cref="IOException">They cannot be read.</exception>
    public static void Each(Stream content, IBatchEngine engine, BatchState state, Action<LineReader, BatchRequestId> take, Action<string?>? other = null)
    {
        LineReader reader = new(content);
        while (reader.Read())
        {
            if (!reader.IsTooLong && (reader.Line.Count == 0 || (reader.Line.Count == 1 && reader.Line.Array![reader.Line.Offset] == '\r')))
            {
                continue;
            }

            string? text = reader.IsTooLong ? null : Understand(() => engine.ReadId(reader.Line));
            if (BatchRequestId.TryParse(text, out BatchRequestId id) && id.Batch == state.Id && id.Number <= state.Requests)
            {
                take(reader, id);
            }
            else
            {
                other?.Invoke(text);
            }
        }
    }

    /// <summary>Opens a file of a batch for reading.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It cannot be read, or is a pipe or a device.</exception>
    public static FileStream Open(string path)
    {
        OrdinaryFile.RequireIfThere(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
    }

    /// <summary>Reads what may be damaged.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="read">Reads it.</param>
    /// <returns>What was read; null where it cannot be understood.</returns>
    public static T? Understand<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }
}
