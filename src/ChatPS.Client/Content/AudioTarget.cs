using System.Globalization;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Content;

/// <summary>Where spoken answers are saved: a file, or a folder that gets a file for each answer.</summary>
public sealed class AudioTarget
{
    private const string RawSound = "pcm16";
    private const string Voice = "alloy";

    private static readonly Dictionary<string, string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".wav"] = "wav",
        [".mp3"] = "mp3",
        [".flac"] = "flac",
        [".opus"] = "opus",
        [".aac"] = "aac",
        [".pcm"] = RawSound,
    };

    private readonly string _path;
    private readonly bool _isFolder;
    private readonly bool _keepsFiles;
    private readonly string _format;

    private AudioTarget(string path, bool isFolder, string format, bool keepsFiles)
    {
        _path = path;
        _isFolder = isFolder;
        _format = format;
        _keepsFiles = keepsFiles;
    }

    /// <summary>Adds to a request what makes the model speak, as far as it is not there.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">The full path of a file with the extension of a format, or of a folder.</param>
    /// <param name="isStream">Whether the answer comes in pieces, for which services know raw sound only.</param>
    /// <param name="keepsFiles">Whether a file that is there already is an error.</param>
    /// <param name="target">Where the answers go.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ChatServiceException">The path and the request do not fit together; it says why.</exception>
    public static ChatRequest Prepare(ChatRequest request, string path, bool isStream, bool keepsFiles, out AudioTarget target)
    {
        string extension = Path.GetExtension(path);
        bool isFolder = Directory.Exists(path) || extension.Length == 0;
        string? known = null;
        if (!isFolder && !Formats.TryGetValue(extension, out known))
        {
            throw Failures.Invalid($"-AudioPath: '{path}' has no extension of a known format.", $"Use {string.Join(", ", Formats.Keys)}, or name a folder.");
        }

        if (!isFolder && Path.GetDirectoryName(path) is { Length: > 0 } parent && !Directory.Exists(parent))
        {
            throw Failures.Invalid($"-AudioPath: there is no folder '{parent}'.", "Make the folder first, or check the path.");
        }

        Dictionary<string, object?> audio = request.Audio is IReadOnlyDictionary<string, object?> given
            ? given.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal)
            : new Dictionary<string, object?>(StringComparer.Ordinal);
        string format = request.AudioFormat ?? (isStream && known is (null or "wav") ? RawSound : known ?? "wav");
        if (known is not null && format != known && !(format == RawSound && known == "wav"))
        {
            throw Failures.Invalid($"-AudioPath: '{path}' is the name of a {known} file, but -Audio asks for {format}.", "Change the extension, or leave out the format.");
        }

        if (request.Modalities is { } modalities && !modalities.Contains("audio", StringComparer.OrdinalIgnoreCase))
        {
            throw Failures.Invalid("-AudioPath was given, but -Modality asks for no audio.", "Leave out -Modality, or give it text, audio.");
        }

        audio["format"] = format;
        if (!audio.ContainsKey("voice"))
        {
            audio["voice"] = Voice;
        }

        target = new AudioTarget(path, isFolder, format, keepsFiles);
        return request with { Modalities = request.Modalities ?? ["text", "audio"], Audio = audio };
    }

    /// <summary>Finds out, before a request is sent, whether its answer could not be saved.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ChatServiceException">It could not; it says why.</exception>
    public void Check(ChatRequest request)
    {
        if (!_isFolder && request.Index > 0)
        {
            throw Failures.Invalid($"-AudioPath: '{_path}' is one file, but there is more than one item.", "Name a folder, which gets a file for each item.");
        }

        for (int choice = 0; _keepsFiles && choice < (request.N ?? 1); choice++)
        {
            string path = PathOf(request.Index, choice);
            if (File.Exists(path))
            {
                throw Exists(path);
            }
        }
    }

    /// <summary>Saves the sound of an answer, and notes the path with it. A file is there whole or not at all.</summary>
    /// <param name="answer">The answer.</param>
    /// <exception cref="ChatServiceException">There is no sound, or it cannot be saved.</exception>
    public void Save(ChatCompletion answer)
    {
        foreach (ChatChoice choice in answer.Choices)
        {
            if (choice.Message.Audio is not { Length: > 0 } audio)
            {
                throw new ChatServiceException(ErrorIds.BadResponse, "The answer holds no sound to save.", "Use a model that speaks. The text is in the answer.");
            }

            string path = PathOf(answer.Index, choice.Index);
            Write(path, _format == RawSound && string.Equals(Path.GetExtension(path), ".wav", StringComparison.OrdinalIgnoreCase) ? WaveFile.Wrap(audio.Data) : audio.Data);
            audio.Path = path;
        }
    }

    private static ChatServiceException Exists(string path) =>
        Failures.Invalid($"-AudioPath: the file '{path}' exists, and -NoClobber was given.", "Choose another path, or leave out -NoClobber.");

    private string PathOf(int item, int choice)
    {
        string suffix = choice == 0 ? "" : (choice + 1).ToString("'-'0", CultureInfo.InvariantCulture);
        return _isFolder
            ? Path.Combine(_path, (item + 1).ToString("0000", CultureInfo.InvariantCulture) + suffix + (_format == RawSound ? ".wav" : "." + _format))
            : Path.Combine(Path.GetDirectoryName(_path) ?? "", Path.GetFileNameWithoutExtension(_path) + suffix + Path.GetExtension(_path));
    }

    private void Write(string path, byte[] bytes)
    {
        string unfinished = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(unfinished, bytes);
            Publish(unfinished, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
            throw _keepsFiles && File.Exists(path)
                ? Exists(path)
                : Failures.Invalid($"-AudioPath: '{path}' cannot be written: {exception.Message}", "Check the path, the permissions and the free space. The sound is in the answer.", exception);
        }
    }

    private void Publish(string unfinished, string path)
    {
#if NET8_0_OR_GREATER
        File.Move(unfinished, path, overwrite: !_keepsFiles);
#else
        if (!_keepsFiles && File.Exists(path))
        {
            File.Replace(unfinished, path, destinationBackupFileName: null);
        }
        else
        {
            File.Move(unfinished, path);
        }
#endif
    }
}
