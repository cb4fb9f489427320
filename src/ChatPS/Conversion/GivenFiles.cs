using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Resources;

namespace ChatPS.Conversion;

/// <summary>Files that go somewhere: those that the service keeps already, by their ids, and those that lie here.</summary>
/// <param name="Ids">The ids.</param>
/// <param name="Paths">Full paths of files that are there.</param>
internal sealed record GivenFiles(string[] Ids, string[] Paths)
{
    /// <summary>Gets how many there are.</summary>
    public int Count => Ids.Length + Paths.Length;

    /// <summary>Finds them.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="paths">Paths and patterns.</param>
    /// <param name="ids">Ids.</param>
    /// <param name="piped">A file from the pipeline; null for none.</param>
    /// <returns>The files, of which there is one at least.</returns>
    /// <exception cref="ChatServiceException">There is none, or one is not there.</exception>
    public static GivenFiles Find(PSCmdlet cmdlet, string[] paths, string[] ids, object? piped)
    {
        GivenFiles files = Bare.Of(piped) switch
        {
            null => new GivenFiles(ids, Resolve(cmdlet, paths)),
            ChatFile kept => new GivenFiles([kept.Id], []),
            FileSystemInfo file => new GivenFiles([], [file.FullName]),
            string { Length: > 0 } path => new GivenFiles([], Resolve(cmdlet, [path])),
            PSObject gone when Deserialized.Is<ChatFile>(gone) => new GivenFiles([Deserialized.ToFile(gone).Id], []),
            var other => throw Failures.Invalid($"An object of type {other.GetType().Name} is no file.", "Pipe in files of Get-ChildItem, paths, or what Add-ChatFile emits."),
        };
        Array.ForEach(files.Paths, static path => LocalFile.Find(path, "-Path"));
        return files.Count > 0 ? files : throw Failures.Invalid("No file was given to add.", "Give -Path or -FileId, or pipe in files of Get-ChildItem, or what Add-ChatFile emits.");
    }

    private static string[] Resolve(PSCmdlet cmdlet, string[] paths) => [.. paths.SelectMany(path => FilePaths.Resolve(cmdlet, path))];
}
