using ChatPS.Client.Faults;

namespace ChatPS.Client.Speech;

/// <summary>A text that is to be spoken, and how.</summary>
public sealed record SpokenText
{
    /// <summary>The most characters of a request if nothing else is said. Source: OpenAI.</summary>
    public const int UsualMostCharacters = 4096;

    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The model; null for the connection's.</summary>
    public string? Model { get; init; }

    /// <summary>The voice: a name, or a dictionary with the id of a voice of one's own.</summary>
    public object Voice { get; init; } = "alloy";

    /// <summary>How to speak; null for the model's own way.</summary>
    public string? Instructions { get; init; }

    /// <summary>The format; null for the service's own, which is mp3.</summary>
    public string? Format { get; init; }

    /// <summary>How fast to speak; null for the usual speed, 1.</summary>
    public double? Speed { get; init; }

    /// <summary><c>audio</c> or <c>sse</c>: how the sound travels; null for the service's own way.</summary>
    public string? StreamFormat { get; init; }

    /// <summary>The most characters of a request; longer texts are cut at the ends of sentences.</summary>
    public int MostCharacters { get; init; } = UsualMostCharacters;

    /// <summary>The pipeline item that the result will carry as its input.</summary>
    public object? Input { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>How many characters the text has, as services count them.</summary>
    public int Characters => Text.Count(letter => !char.IsLowSurrogate(letter));

    /// <summary>Finds values that cannot be sent.</summary>
    /// <exception cref="ChatServiceException">A value cannot be sent; it says which.</exception>
    public void ValidateParameters()
    {
        ParameterRules.Range(Speed, 0.25, 4, "-Speed");
        ParameterRules.AtLeast(MostCharacters, 1, "-MaxCharacter");
        if (Voice is string name ? string.IsNullOrWhiteSpace(name) : !(Voice is IReadOnlyDictionary<string, object?> own && own.TryGetValue("id", out object? id) && id is string { Length: > 0 }))
        {
            throw Failures.Invalid("-Voice is neither the name of a voice nor @{ id = 'voice_…' }.", "Name a voice of the service, such as alloy, or give the id of one of your own.");
        }

        if (Format is { } format && !SpeechFormat.ByExtension.ContainsValue(format))
        {
            throw Failures.Invalid($"-ResponseFormat is '{format}', which is no format of speech.", "Use mp3, opus, aac, flac, wav or pcm.");
        }
    }
}
