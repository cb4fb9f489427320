using System.Net.Http.Headers;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Resources;

/// <summary>A file that lies here and is to be sent.</summary>
public sealed class LocalFile
{
    private readonly string _path;
    private readonly long _length;

    private LocalFile(string path, string name, long length)
    {
        _path = path;
        Name = name;
        _length = length;
    }

    /// <summary>Gets the name that it goes by at the service.</summary>
    public string Name { get; }

    internal bool IsZip => Extension == ".zip";

    private string Extension => Path.GetExtension(_path).ToLowerInvariant();

    /// <summary>Looks at a file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <param name="name">The name that it is to go by; null for its own.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ChatServiceException">It is not there, or cannot be read.</exception>
    public static LocalFile Find(string path, string origin, string? name = null)
    {
        OrdinaryFile.RequireThere(path, origin);
        OrdinaryFile.Require(path, origin);
        FileInfo file = new(path);
        return new LocalFile(path, name ?? file.Name, file.Length);
    }

    /// <summary>Looks at all files of a folder.</summary>
    /// <param name="path">The full path of the folder, or of a zip.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <returns>The files, each by its path from the folder's own name on.</returns>
    /// <exception cref="ChatServiceException">There are none, or one cannot be read.</exception>
    public static IReadOnlyList<LocalFile> FindAll(string path, string origin)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path)
                ? [Find(path, origin)]
                : throw Failures.Invalid($"{origin}: there is no folder '{path}', and no zip.", "Check the path.");
        }

        string root = Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        string folder = Path.GetFileName(root);
        LocalFile[] files = [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).OrderBy(file => file, StringComparer.Ordinal)
            .Select(file => Find(file, origin, folder + file.Substring(root.Length).Replace('\\', '/')))];
        return files.Length > 0 ? files : throw Failures.Invalid($"{origin}: the folder '{path}' is empty.", "Name a folder with a file SKILL.md, or a zip of one.");
    }

    internal HttpContent Body(CallWatch? watch)
    {
        FileBody body = new(_path, 0, _length) { WholeLength = _length, Sent = (bytes, total) => watch?.Moves(new CallTransfer(bytes, total, IsUpload: true)) };
        body.Headers.ContentType = new MediaTypeHeaderValue(Extension switch
        {
            ".zip" => FileKind.Zip.MediaType,
            ".md" => "text/markdown",
            ".txt" => "text/plain",
            ".wav" => FileKind.Wave.MediaType,
            ".mp3" => FileKind.Mp3.MediaType,
            ".m4a" => FileKind.M4a.MediaType,
            ".ogg" => FileKind.Ogg.MediaType,
            ".flac" => FileKind.Flac.MediaType,
            ".aac" => FileKind.Aac.MediaType,
            ".webm" => "audio/webm",
            _ => "application/octet-stream",
        });
        return body;
    }
}
