using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.ServiceFiles;

/// <summary>Where files of a service are saved: one file, or a folder. In a folder they go by their ids, for no name of a service is trusted.</summary>
public sealed class DownloadPlace
{
    private static readonly string[] TextExtensions = [".jsonl", ".csv", ".md", ".xml", ".tsv"];

    private readonly string _path;
    private readonly bool _isFolder;

    private DownloadPlace(string path, bool isFolder, bool replaces)
    {
        _path = path;
        _isFolder = isFolder;
        Replaces = replaces;
    }

    /// <summary>Looks at what the user gave. Nothing is made yet.</summary>
    /// <param name="path">The full path of a file, or of a folder: one that exists, or a name without an extension.</param>
    /// <param name="isFolder">Whether a folder is meant, whatever the name.</param>
    /// <param name="replaces">Whether files that are there already are replaced.</param>
    /// <returns>The place.</returns>
    /// <exception cref="ChatServiceException">Nothing can be saved there.</exception>
    public static DownloadPlace Open(string path, bool isFolder, bool replaces)
    {
        isFolder = isFolder || Directory.Exists(path) || (Path.GetExtension(path).Length == 0 && !File.Exists(path));
        if (isFolder)
        {
            return File.Exists(path)
                ? throw Failures.Invalid($"-Path: '{path}' is a file and no folder.", "Name a folder, or leave the slash at its end out.")
                : new DownloadPlace(path, isFolder, replaces);
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw Failures.Invalid($"-Path: there is no folder '{Path.GetDirectoryName(path)}'.", "Make the folder first, or check the path.");
        }

        return File.Exists(path) && !replaces ? throw Exists(path) : new DownloadPlace(path, isFolder, replaces);
    }

    /// <summary>Whether files that are there already are replaced.</summary>
    public bool Replaces { get; }

    /// <summary>Whether the name of a file depends on what the service tells of it.</summary>
    internal bool NeedsName => _isFolder;

    /// <summary>Finds out whether there is a name for so many files.</summary>
    /// <param name="files">How many.</param>
    /// <exception cref="ChatServiceException">There is none.</exception>
    public void RequireRoom(int files)
    {
        if (!_isFolder && files > 1)
        {
            throw Failures.Invalid($"-Path: '{_path}' is one file, but there is more than one to save.", "Name a folder, which gets a file for each.");
        }
    }

    /// <summary>Names a file.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name at the service, of which an ending is taken that stands for pictures, sound, texts or data.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="ChatServiceException">There is a file of that name, which is kept.</exception>
    internal string PathOf(string id, string name)
    {
        if (!_isFolder)
        {
            return _path;
        }

        string path = Path.Combine(_path, NameOf(id, name));
        return File.Exists(path) && !Replaces ? throw Exists(path) : path;
    }

    /// <summary>Names a file that is saved to a folder: by its id, for no name of a service is trusted.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name at the service, of which an ending is taken that stands for pictures, sound, texts or data.</param>
    /// <returns>The name.</returns>
    public static string NameOf(string id, string name)
    {
        string bare = new([.. id.Substring(id.LastIndexOf('/') + 1).Take(100).Select(letter => letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_' ? letter : '_')]);
        int dot = name.LastIndexOf('.');
        string extension = dot < 0 ? "" : name.Substring(dot).ToLowerInvariant();
        bool isHarmless = FileKind.IsExtension(extension) || TextExtensions.Contains(extension, StringComparer.Ordinal);
        return bare + (isHarmless ? extension : ".bin");
    }

    internal static ChatServiceException Exists(string path) => Failures.Invalid($"-Path: the file '{path}' exists.", "Choose another path, or replace it with -Force.");
}
