using System.Text.Json;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Calls;

/// <summary>
/// Remembers ends of models from process to process, so that a script that runs each hour neither asks nor warns each hour. It is a
/// help and no more: a file that cannot be used is as good as none.
/// </summary>
/// <param name="path">The full path, which need not exist.</param>
internal sealed class ModelEndFile(string path)
{
    private const int LargestFile = 1024 * 1024;

    // What was not seen for so long is of no use any more.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private readonly object _writing = new();

    /// <summary>Gets the file of the user.</summary>
    /// <returns>The file; null where the account has no folder for it.</returns>
    public static ModelEndFile? OfUser()
    {
        try
        {
            return new ModelEndFile(ConfigurationFolder.ModelEnds);
        }
        catch (ChatServiceException)
        {
            return null;
        }
    }

    /// <summary>Finds an entry.</summary>
    /// <param name="sought">Service, connection and model.</param>
    /// <returns>The entry; null where there is none.</returns>
    public ModelEnd? Find(ModelEnd sought) => Read().Find(sought.IsSame);

    /// <summary>Puts an entry in place of the one of the same model.</summary>
    /// <param name="end">The entry.</param>
    /// <param name="now">What time it is.</param>
    public void Put(ModelEnd end, DateTimeOffset now)
    {
        lock (_writing)
        {
            List<ModelEnd> ends = Read();
            ends.RemoveAll(other => end.IsSame(other) || now - (other.LookedAt ?? other.ToldAt) > Kept);
            ends.Add(end);
            try
            {
                PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
                PrivateFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(ends, ModelEndJson.Default.ListModelEnd));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Then this process remembers alone.
            }
        }
    }

    private List<ModelEnd> Read()
    {
        try
        {
            return File.Exists(path) && new FileInfo(path).Length <= LargestFile
                ? JsonSerializer.Deserialize(PrivateFile.ReadTrusted(path, mustOwn: true), ModelEndJson.Default.ListModelEnd)?.FindAll(end => end is { Service: not null, Connection: not null, Model: not null }) ?? []
                : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or ChatServiceException)
        {
            return [];
        }
    }
}
