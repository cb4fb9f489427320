namespace ChatPS.Client.Tests.Resources;

/// <summary>A file in a folder of its own, as long as a test needs it.</summary>
internal sealed class ResourceFile : IDisposable
{
    public ResourceFile(string name, string text)
    {
        Folder = Directory.CreateTempSubdirectory("chatps-resource-").FullName;
        Path = System.IO.Path.Combine(Folder, name);
        File.WriteAllText(Path, text);
    }

    public string Folder { get; }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
