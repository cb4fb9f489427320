using System.Globalization;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Files;

/// <summary>Where results are saved: one file, or a folder that gets a file for each result. A file is there whole or not at all.</summary>
internal sealed class FileTarget
{
    private readonly string _parameter;
    private readonly string _path;
    private readonly bool _isFolder;
    private readonly FolderNumbers? _numbers;
    private ExistingFile _existing;

    private FileTarget(string parameter, string path, bool isFolder, ExistingFile existing, FolderNumbers? numbers = null)
    {
        _parameter = parameter;
        _path = path;
        _isFolder = isFolder;
        _existing = existing;
        _numbers = numbers;
    }

    /// <summary>Gets the extension that the user gave, with its dot; null for a folder.</summary>
    public string? Extension => _isFolder ? null : Path.GetExtension(_path);

    /// <summary>Looks at what the user gave. Nothing is made yet.</summary>
    /// <param name="parameter">The parameter, such as <c>-AudioPath</c>.</param>
    /// <param name="path">The full path of a file, or of a folder: one that exists, or a name without an extension.</param>
    /// <param name="extensions">The extensions that the file may have, with their dots.</param>
    /// <param name="existing">What happens to a file that is there already.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ChatServiceException">Nothing can be saved there; it says why.</exception>
    public static FileTarget Open(string parameter, string path, IReadOnlyCollection<string> extensions, ExistingFile existing)
    {
        string extension = Path.GetExtension(path);
        bool isFolder = Directory.Exists(path) || extension.Length == 0;
        if (!isFolder && !extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            throw Failures.Invalid($"{parameter}: '{path}' has no extension of a known format.", $"Use {string.Join(", ", extensions)}, or name a folder.");
        }

        if (!isFolder && Path.GetDirectoryName(path) is { Length: > 0 } parent && !Directory.Exists(parent))
        {
            throw Failures.Invalid($"{parameter}: there is no folder '{parent}'.", "Make the folder first, or check the path.");
        }

        Probe(parameter, path, isFolder);
        return new FileTarget(parameter, path, isFolder, existing);
    }

    /// <summary>Looks at a folder that the user gave, whose files are numbered. Nothing is made yet.</summary>
    /// <param name="parameter">The parameter, such as <c>-OutDirectory</c>.</param>
    /// <param name="path">Its full path; it need not be there.</param>
    /// <param name="replaces">Whether numbers begin at 1 and files that are there are replaced; otherwise numbers go on after the highest one there.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ChatServiceException">Nothing can be saved there; it says why.</exception>
    public static FileTarget OpenFolder(string parameter, string path, bool replaces)
    {
        if (!Directory.Exists(path) && FileKind.IsExtension(Path.GetExtension(path)))
        {
            throw Failures.Invalid($"{parameter}: '{path}' is the name of a file, and a folder is meant.", $"Name a folder, such as '{Path.GetFileNameWithoutExtension(path)}': the files in it get names of their own.");
        }

        Probe(parameter, path, isFolder: true);
        return new FileTarget(parameter, path, isFolder: true, replaces ? ExistingFile.Replaced : ExistingFile.PassedBy, new FolderNumbers(parameter, path));
    }

    /// <summary>Keeps whatever lies in a numbered folder from now on, since it belongs to somebody.</summary>
    public void KeepFolder() => _existing = _numbers is null ? _existing : ExistingFile.PassedBy;

    /// <summary>Finds the place in the names for an item that is going to be asked for or saved. Call it in the order of the input.</summary>
    /// <param name="item">The item's place in the pipeline, from 0.</param>
    /// <returns>The place, from 0: in a numbered folder the next one.</returns>
    /// <exception cref="ChatServiceException">There is none, or the folder cannot be read.</exception>
    public int Take(int item) => _numbers is not null ? _numbers.Next(startsOver: !KeepsFiles) - 1 : _isFolder || item == 0 ? item : throw OnlyOne();

    // Where nothing can be written, nothing is asked for. A folder that is not there yet is made in the nearest one that is.
    private static void Probe(string parameter, string path, bool isFolder)
    {
        string? folder = isFolder ? path : Path.GetDirectoryName(path);
        while (folder is { Length: > 0 } && !Directory.Exists(folder))
        {
            if (File.Exists(folder))
            {
                throw Failures.Invalid($"{parameter}: '{folder}' is a file and no folder.", "Name a folder, or a file with the extension of a format.");
            }

            folder = Path.GetDirectoryName(folder);
        }

        folder ??= "";
        string probe = Path.Combine(folder, UnfinishedFile.NameFor(isFolder || folder.Length == 0 ? "chatps" : Path.GetFileName(path)));
        try
        {
            using FileStream file = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            if (!isFolder && File.Exists(path) && (File.GetAttributes(path) & FileAttributes.ReadOnly) != default && Path.DirectorySeparatorChar == '\\')
            {
                throw new UnauthorizedAccessException("The file is read-only.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Failures.Invalid($"{parameter}: nothing can be written to '{path}': {exception.Message.Replace(probe, folder)}", "Check the path and its permissions, or choose another one.", exception);
        }
    }

    /// <summary>Gets the path of a result.</summary>
    /// <param name="item">The place of its item in the names, from 0.</param>
    /// <param name="part">Which of the item's results it is, from 0.</param>
    /// <param name="extension">The extension in a folder, with its dot.</param>
    /// <returns>The path. Nothing in it comes from a service.</returns>
    public string PathOf(int item, int part, string extension)
    {
        string suffix = part == 0 ? "" : (part + 1).ToString("'-'0", CultureInfo.InvariantCulture);
        return _isFolder
            ? Path.Combine(_path, (item + 1).ToString("0000", CultureInfo.InvariantCulture) + suffix + extension)
            : Path.Combine(Path.GetDirectoryName(_path) ?? "", Path.GetFileNameWithoutExtension(_path) + suffix + Path.GetExtension(_path));
    }

    /// <summary>Finds out, before anything is paid for, whether the results of an item could not be saved.</summary>
    /// <param name="item">The item's place in the pipeline, from 0.</param>
    /// <param name="parts">How many results it will have.</param>
    /// <param name="extension">The extension in a folder, with its dot.</param>
    /// <exception cref="ChatServiceException">They could not; it says why.</exception>
    public void Check(int item, int parts, string extension)
    {
        if (!_isFolder && item > 0)
        {
            throw OnlyOne();
        }

        for (int part = 0; KeepsFiles && _numbers is null && part < parts; part++)
        {
            string path = PathOf(item, part, extension);
            if (File.Exists(path))
            {
                throw Exists(path);
            }
        }
    }

    /// <summary>Saves a result.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="content">What it is.</param>
    /// <param name="rescue">Where the result is to be had if it cannot be saved, as a sentence.</param>
    /// <returns>Where it is: elsewhere if the name in a numbered folder has been taken meanwhile.</returns>
    /// <exception cref="ChatServiceException">It cannot be saved; it says why.</exception>
    public string Save(string path, byte[] content, string rescue)
    {
        try
        {
            using UnfinishedFile file = new(path);
            file.Content.Write(content, 0, content.Length);
            return Complete(file, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception, rescue);
        }
    }

    /// <summary>Saves a result that comes in pieces.</summary>
    /// <param name="path">Its path, with the extension that is expected.</param>
    /// <param name="write">Writes it, and gives its path, whose extension may be another.</param>
    /// <param name="rescue">Where the result is to be had if it cannot be saved, as a sentence; empty for nowhere.</param>
    /// <returns>Where it is: elsewhere if the name in a numbered folder has been taken meanwhile.</returns>
    /// <exception cref="ChatServiceException">It cannot be saved; it says why.</exception>
    public async Task<string> SaveAsync(string path, Func<Stream, Task<string>> write, string rescue)
    {
        string place = path;
        try
        {
            using UnfinishedFile file = new(path);
            place = await write(file.Content);
            return Complete(file, place);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(place, exception, rescue);
        }
    }

    // Somebody else may have taken the name since the number was given out.
    private string Complete(UnfinishedFile file, string path)
    {
        while (true)
        {
            try
            {
                file.Complete(path, replaces: !KeepsFiles);
                return path;
            }
            catch (IOException) when (_existing == ExistingFile.PassedBy && File.Exists(path))
            {
                path = PathOf(_numbers!.Free() - 1, 0, Path.GetExtension(path));
            }
        }
    }

    private bool KeepsFiles => _existing != ExistingFile.Replaced;

    private ChatServiceException CannotWrite(string path, Exception exception, string rescue) => KeepsFiles && File.Exists(path)
        ? Exists(path)
        : Failures.Invalid($"{_parameter}: '{path}' cannot be written: {UnfinishedFile.Bare(exception.Message)}", $"Check the path, the permissions and the free space. {rescue}".TrimEnd(), exception);

    private ChatServiceException OnlyOne() => Failures.Invalid($"{_parameter}: '{_path}' is one file, but there is more than one item.", "Name a folder, which gets a file for each item.");

    private ChatServiceException Exists(string path) => _existing == ExistingFile.KeptByNoClobber
        ? Failures.Invalid($"{_parameter}: the file '{path}' exists, and -NoClobber was given.", "Choose another path, or leave out -NoClobber.")
        : Failures.Invalid($"{_parameter}: the file '{path}' exists.", "Choose another path, or replace it with -Force.");
}
