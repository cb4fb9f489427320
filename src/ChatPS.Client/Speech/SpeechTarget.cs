using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Speech;

/// <summary>Where spoken texts are saved: a file, or a folder that gets a file for each text.</summary>
public sealed class SpeechTarget
{
    private readonly FileTarget _files;

    private SpeechTarget(FileTarget files, string? format)
    {
        _files = files;
        Format = format;
    }

    /// <summary>The format that is asked for; null for the service's own.</summary>
    internal string? Format { get; }

    /// <summary>Looks at the file that the user gave. Nothing is made yet.</summary>
    /// <param name="path">Its full path, whose extension is that of a format.</param>
    /// <param name="format">The format that was asked for; null for that of the extension.</param>
    /// <param name="replaces">Whether a file that is there already is replaced.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ChatServiceException">Nothing can be saved there, or the format does not fit the extension.</exception>
    public static SpeechTarget File(string path, string? format, bool replaces)
    {
        if (Directory.Exists(path) || Path.GetExtension(path).Length == 0)
        {
            throw Failures.Invalid($"-Path: '{path}' names no file with the extension of a format.", "Give it .mp3, .wav, .aac, .flac, .opus or .pcm; or name a folder with -OutDirectory.");
        }

        FileTarget files = FileTarget.Open("-Path", path, SpeechFormat.ByExtension.Keys, replaces ? ExistingFile.Replaced : ExistingFile.KeptWithoutForce);
        string known = SpeechFormat.ByExtension[files.Extension!];
        if (format is not null && format != known && !(format == SpeechFormat.Raw && known == SpeechFormat.Wave))
        {
            throw Failures.Invalid($"-Path: '{path}' is the name of a {known} file, but -ResponseFormat is {format}.", "Change the extension, or leave out the format.");
        }

        return new SpeechTarget(files, format ?? known);
    }

    /// <summary>Looks at the folder that the user gave. Nothing is made yet.</summary>
    /// <param name="path">Its full path; it need not be there.</param>
    /// <param name="format">The format that was asked for; null for the service's own.</param>
    /// <param name="replaces">Whether numbers begin at 1 and files that are there are replaced; otherwise numbers go on after the highest one there.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ChatServiceException">Nothing can be saved there; it says why.</exception>
    public static SpeechTarget Folder(string path, string? format, bool replaces) =>
        new(FileTarget.OpenFolder("-OutDirectory", path, replaces), format);

    /// <summary>Whether raw sound gets the header of a WAV file: unless the file is to be raw by its name.</summary>
    internal bool WrapsRaw => Format == SpeechFormat.Raw && !string.Equals(_files.Extension, ".pcm", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes of a text what is asked for where it is saved here.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with the format of the file.</returns>
    public SpokenText Prepare(SpokenText text) => text with { Format = Format ?? text.Format };

    /// <summary>Keeps whatever lies in the folder from now on, since a checkpoint owns it.</summary>
    public void KeepFolder() => _files.KeepFolder();

    /// <summary>Finds the place in the names for a text that is going to be spoken. Call it in the order of the input.</summary>
    /// <param name="index">The text's place in the pipeline, from 0.</param>
    /// <returns>The place, from 0: in a folder the next one.</returns>
    /// <exception cref="ChatServiceException">Its sound could not be saved; it says why.</exception>
    internal int Take(int index)
    {
        _files.Check(index, 1, Extension);
        return _files.Take(index);
    }

    /// <summary>Saves the sound of a text while it comes.</summary>
    /// <param name="place">The place in the names that <see cref="Take"/> has given.</param>
    /// <param name="write">Writes it, and gives the format that it has.</param>
    /// <returns>The path, with the extension of that format.</returns>
    /// <exception cref="ChatServiceException">It cannot be saved; it says why.</exception>
    internal async Task<string> SaveAsync(int place, Func<Stream, Task<string>> write)
    {
        string path = _files.PathOf(place, 0, Extension);
        return await _files.SaveAsync(
            path,
            async stream =>
            {
                string format = await write(stream);
                return SpeechFormat.ByExtension.TryGetValue(Path.GetExtension(path), out string? known) && known == format ? path : Free(Path.ChangeExtension(path, "." + format));
            },
            "");
    }

    // The sound is paid for, and nobody has named a file of this extension: none that is there is replaced.
    private static string Free(string path)
    {
        string free = path;
        for (int number = 2; System.IO.File.Exists(free) || Directory.Exists(free); number++)
        {
            free = Path.Combine(Path.GetDirectoryName(path) ?? "", FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(path)} ({number}){Path.GetExtension(path)}"));
        }

        return free;
    }

    private string Extension => "." + (WrapsRaw ? SpeechFormat.Wave : Format ?? SpeechFormat.Usual);
}
