namespace ChatPS.Client.Files;

/// <summary>Reads small text files that a user names: prompts, sessions, schemas, prices.</summary>
public static class TextFile
{
    /// <summary>The most bytes that are read.</summary>
    public const long LargestFile = 16L * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The text.</returns>
    /// <exception cref="IOException">It cannot be read, or is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string Read(string path)
    {
        using StreamReader reader = new(Open(path));
        return reader.ReadToEnd();
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="IOException">It cannot be read, or is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Stream Open(string path)
    {
        long length = new FileInfo(path).Length;
        if (length > LargestFile)
        {
            throw new IOException(FormattableString.Invariant($"It has {length} bytes, more than {LargestFile / (1024 * 1024)} MB."));
        }

        // A pipe or a device has no length either. Opening it would wait for whoever writes to it, and reading it might never end.
        return length == 0 ? Stream.Null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }
}
