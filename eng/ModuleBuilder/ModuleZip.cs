using System.IO.Compression;

namespace ChatPS.ModuleBuilder;

/// <summary>A folder as a zip that depends on nothing but the files in it and the time it is given.</summary>
internal static class ModuleZip
{
    /// <param name="folder">Whose files go in.</param>
    /// <param name="root">The folder in the zip where they lie, with slashes.</param>
    /// <param name="time">When all of them were changed.</param>
    /// <param name="zip">The file to write.</param>
    public static void Write(string folder, string root, DateTimeOffset time, string zip)
    {
        using var archive = new ZipArchive(File.Create(zip), ZipArchiveMode.Create);
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var entry = archive.CreateEntry($"{root}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}", CompressionLevel.SmallestSize);
            entry.LastWriteTime = time;
            using var content = entry.Open();
            using var source = File.OpenRead(file);
            source.CopyTo(content);
        }
    }
}
