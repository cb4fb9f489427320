using ChatPS.Client.Files;

namespace ChatPS.Client.Batches;

/// <summary>
/// The folder of a batch's requests, their inputs and their results. It bears the id of the batch, so that no batch meets the files
/// of another; what else lies beside it is nobody's business.
/// </summary>
/// <param name="path">The full path of the file of the state.</param>
/// <param name="id">The id of the batch.</param>
internal sealed class BatchData(string path, string id)
{
    private static readonly string[] Files = ["inputs.jsonl", "part-*.jsonl", "results-*.jsonl", "received.bin"];

    private readonly string _root = RootOf(path);

    /// <summary>Gets the full path of the folder.</summary>
    public string Folder => Path.Combine(_root, id);

    // Lies there until all requests are written: whoever finds it knows that nothing was sent.
    private string Mark => Path.Combine(Folder, "unfinished");

    /// <summary>Makes the folder, and removes those that were broken off before.</summary>
    public void Begin()
    {
        PrivateFile.CreateFolder(_root);
        foreach (string folder in Directory.GetDirectories(_root))
        {
            BatchData other = new(path, Path.GetFileName(folder));
            if (File.Exists(other.Mark))
            {
                other.Remove();
            }
        }

        Ready();
        File.WriteAllBytes(Mark, []);
    }

    /// <summary>Makes the folder, unless it is there.</summary>
    public void Ready()
    {
        PrivateFile.CreateFolder(_root);
        PrivateFile.CreateFolder(Folder);
    }

    /// <summary>Notes that all requests are written.</summary>
    public void Finish() => File.Delete(Mark);

    /// <summary>Removes the files of the batch, and the folders if nothing else lies in them.</summary>
    public void Remove()
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (string file in Files.SelectMany(pattern => Directory.GetFiles(Folder, pattern)))
        {
            File.Delete(file);
        }

        File.Delete(Mark);
        foreach (string folder in new[] { Folder, _root })
        {
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
    }

    private static string RootOf(string path) => path + ".data";
}
