namespace ChatPS.Sandbox.Files;

/// <summary>A piece of a file on the disk.</summary>
/// <param name="Path">The file.</param>
/// <param name="Offset">Where the piece begins.</param>
/// <param name="Length">How long it is, in bytes.</param>
internal readonly record struct FileSegment(string Path, long Offset, long Length);
