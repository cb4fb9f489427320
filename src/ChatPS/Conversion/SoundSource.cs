using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Speech;

namespace ChatPS.Conversion;

/// <summary>Finds the sound in what users give: paths of PowerShell, files, spoken texts, rows with a path, bytes.</summary>
internal static class SoundSource
{
    private static readonly string[] PathMembers = ["FullName", "Path"];

    /// <summary>Finds the files of an item.</summary>
    /// <param name="cmdlet">The cmdlet that was given it.</param>
    /// <param name="item">The item.</param>
    /// <returns>Opens each: a path with wildcards names several.</returns>
    /// <exception cref="ChatServiceException">There is no sound in it.</exception>
    public static IReadOnlyList<Func<SoundFile>> Find(PSCmdlet cmdlet, object? item) => Bare.Of(item) switch
    {
        string path when !string.IsNullOrWhiteSpace(path) => [.. FilePaths.Resolve(cmdlet, path).Select(Opener)],
        FileInfo file => [Opener(file.FullName)],
        ChatSpeech { Path: { } path } => [Opener(path)],
        ChatSpeech speech => [() => SoundFile.Open(speech.Data, "-Path")],
        byte[] bytes => [() => SoundFile.Open(bytes, "-Path")],
        DirectoryInfo folder => throw Failures.Invalid($"-Path: '{folder.FullName}' is a folder.", "Give its files, for example with Get-ChildItem -File."),
        null or string => throw Failures.Invalid("-Path is empty.", "Give the path of a file with sound."),
        _ when PathMembers.Select(name => ItemMember.TryRead(item, name, out object? value) ? Bare.Of(value) as string : null).FirstOrDefault(path => path is { Length: > 0 }) is { } path =>
            [Opener(cmdlet.GetUnresolvedProviderPathFromPSPath(path))],
        var other => throw Failures.Invalid($"-Path: an object of type {(other is PSObject ? nameof(PSCustomObject) : other.GetType().Name)} names no file.", "Pipe in files of Get-ChildItem, paths, or objects with a property FullName or Path."),
    };

    /// <summary>Reads what was given to <c>-KnownSpeaker</c>.</summary>
    /// <param name="cmdlet">The cmdlet that was given it.</param>
    /// <param name="speakers">Names and recordings.</param>
    /// <returns>The speakers in the order of their names.</returns>
    /// <exception cref="ChatServiceException">A recording is none.</exception>
    public static IReadOnlyList<(string Name, SoundFile Sound)> Speakers(PSCmdlet cmdlet, IDictionary speakers)
    {
        List<(string Name, SoundFile Sound)> known = [];
        foreach (DictionaryEntry speaker in speakers)
        {
            string path = Bare.Of(speaker.Value) switch
            {
                FileInfo file => file.FullName,
                string { Length: > 0 } text => cmdlet.GetUnresolvedProviderPathFromPSPath(text),
                _ => throw Failures.Invalid($"-KnownSpeaker: '{speaker.Key}' has no recording.", "Give the path of a recording of 2 to 10 seconds, for example @{ Ann = 'ann.wav' }."),
            };
            known.Add((PlainObject.Text(speaker.Key), SoundFile.Open(path, "-KnownSpeaker")));
        }

        return [.. known.OrderBy(speaker => speaker.Name, StringComparer.Ordinal)];
    }

    private static Func<SoundFile> Opener(string path) => () => SoundFile.Open(path, "-Path");
}
