using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

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

    private readonly FileTarget _files;
    private readonly string _format;

    private AudioTarget(FileTarget files, string format)
    {
        _files = files;
        _format = format;
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
        FileTarget files = FileTarget.Open("-AudioPath", path, Formats.Keys, keepsFiles ? ExistingFile.KeptByNoClobber : ExistingFile.Replaced);
        string? known = files.Extension is { } extension ? Formats[extension] : null;
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

        target = new AudioTarget(files, format);
        return request with { Modalities = request.Modalities ?? ["text", "audio"], Audio = audio };
    }

    /// <summary>Finds out, before a request is sent, whether its answer could not be saved.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ChatServiceException">It could not; it says why.</exception>
    public void Check(ChatRequest request) => _files.Check(request.Index, request.N ?? 1, ExtensionInFolder);

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

            string path = _files.PathOf(answer.Index, choice.Index, ExtensionInFolder);
            byte[] sound = _format == RawSound && string.Equals(Path.GetExtension(path), ".wav", StringComparison.OrdinalIgnoreCase) ? WaveFile.Wrap(audio.Data) : audio.Data;
            audio.Path = _files.Save(path, sound, "The sound is in the answer.");
        }
    }

    private string ExtensionInFolder => _format == RawSound ? ".wav" : "." + _format;
}
