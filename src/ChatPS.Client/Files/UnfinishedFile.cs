using System.Text.RegularExpressions;

namespace ChatPS.Client.Files;

/// <summary>A file that is being written beside its place, and takes it when it is whole. Until then it goes by another name; without <see cref="Complete"/> it is gone.</summary>
internal sealed class UnfinishedFile : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private const int Digits = 32;
    private const string Extension = ".tmp";

    private readonly string _unfinished;
    private bool _isComplete;

    /// <summary>Begins the file, and makes its folder if that is not there.</summary>
    /// <param name="path">The full path of its place.</param>
    /// <exception cref="IOException">It cannot be begun, or a pipe or a device is there: nothing may take their place.</exception>
    public UnfinishedFile(string path)
    {
        OrdinaryFile.RequireIfThere(path);
        _unfinished = NameFor(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Content = new FileStream(_unfinished, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, BufferSize, FileOptions.Asynchronous);
    }

    /// <summary>Gets what is written so far; it can be read and sought in.</summary>
    public FileStream Content { get; }

    /// <summary>Removes what runs that were killed left beside a path. What somebody writes to is left alone.</summary>
    /// <param name="path">The full path.</param>
    public static void RemoveAbandoned(string path)
    {
        string name = Path.GetFileName(path);
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, name.Replace('?', '*') + ".*" + Extension))
        {
            string own = Path.GetFileName(file);
            if (own.Length == name.Length + 1 + Digits + Extension.Length && own.StartsWith(name, StringComparison.Ordinal) && Guid.TryParseExact(own.Substring(name.Length + 1, Digits), "N", out _))
            {
                RemoveUnlessOpen(file);
            }
        }
    }

    /// <summary>A name beside a path, which nothing has yet.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The name.</returns>
    public static string NameFor(string path) => path + "." + Guid.NewGuid().ToString("N") + Extension;

    /// <summary>Leaves out of a message what such names have that their places have not.</summary>
    /// <param name="message">What the system said of a file.</param>
    /// <returns>The message with the name of the place.</returns>
    public static string Bare(string message) => Regex.Replace(message, @"\.[0-9a-f]{32}\.tmp", "", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Puts the file in its place.</summary>
    /// <param name="path">The full path of its place, which may differ from the first in its extension.</param>
    /// <param name="replaces">Whether a file that is there already is replaced; otherwise it is an error.</param>
    /// <exception cref="IOException">It cannot be put there.</exception>
    public void Complete(string path, bool replaces)
    {
        Content.Dispose();
        OrdinaryFile.RequireIfThere(path);
#if NET8_0_OR_GREATER
        if (!replaces)
        {
            Claim(path);
        }

        File.Move(_unfinished, path, overwrite: true);
#else
        if (replaces && File.Exists(path))
        {
            File.Replace(_unfinished, path, destinationBackupFileName: null);
        }
        else
        {
            File.Move(_unfinished, path);
        }
#endif
        _isComplete = true;
    }

#if NET8_0_OR_GREATER
    // Outside of Windows a move looks first and moves then, and of two at once the second would replace the first.
    private static void Claim(string path)
    {
        using FileStream place = new(path, FileMode.CreateNew, FileAccess.Write);
    }
#endif

    /// <summary>Removes what is not complete.</summary>
    public void Dispose()
    {
        try
        {
            Content.Dispose();
        }
        catch (IOException) when (!_isComplete)
        {
            // What could not be written is not wanted any more.
        }
        finally
        {
            if (!_isComplete)
            {
                File.Delete(_unfinished);
            }
        }
    }

    private static void RemoveUnlessOpen(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is somebody's.
        }
    }
}
