namespace ChatPS.Sandbox.Files;

/// <summary>The bytes of a file as pieces of files on the disk: what came in parts is never joined.</summary>
/// <param name="segments">The pieces in their order.</param>
internal sealed class FileContent(params FileSegment[] segments)
{
    /// <summary>How many bytes there are.</summary>
    public long Length { get; } = segments.Sum(static segment => segment.Length);

    /// <summary>Joins contents without copying them.</summary>
    /// <param name="contents">The contents in their order.</param>
    /// <returns>The whole.</returns>
    public static FileContent Join(IEnumerable<FileContent> contents) => new([.. contents.SelectMany(static content => content.Segments)]);

    private FileSegment[] Segments => segments;

    /// <summary>Opens the bytes, to be read once from front to back.</summary>
    /// <param name="offset">Where to begin.</param>
    /// <param name="length">How much to read at most.</param>
    /// <returns>The stream, which is the caller's to close.</returns>
    public Stream OpenRead(long offset = 0, long length = long.MaxValue) => new SegmentStream(Cut(offset, length));

    /// <summary>Removes the files. Whoever reads from them may read on, where the system lets it.</summary>
    public void Delete()
    {
        foreach (FileSegment segment in segments)
        {
            try
            {
                File.Delete(segment.Path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It goes with its folder.
            }
        }
    }

    private IEnumerable<FileSegment> Cut(long offset, long length)
    {
        foreach (FileSegment segment in segments)
        {
            long skipped = Math.Min(offset, segment.Length);
            long taken = Math.Min(length, segment.Length - skipped);
            offset -= skipped;
            length -= taken;
            if (taken > 0)
            {
                yield return new FileSegment(segment.Path, segment.Offset + skipped, taken);
            }
        }
    }
}
