using System.Text.Json.Serialization;
using ChatPS.Api.Chat;

namespace ChatPS.Api.Moderations;

/// <summary>What a moderation judges: texts, each on its own, or parts (text and images) of one thing.</summary>
[JsonConverter(typeof(ModerationInputConverter))]
public sealed class ModerationInput
{
    /// <summary>Makes an input of texts, each of which gets a result.</summary>
    public ModerationInput(IReadOnlyList<string> texts) => Texts = texts;

    /// <summary>Makes an input of parts that are judged together.</summary>
    public ModerationInput(IReadOnlyList<ContentPart> parts) => Parts = parts;

    /// <summary>The texts, or null.</summary>
    public IReadOnlyList<string>? Texts { get; }

    /// <summary>The parts of type <c>text</c> and <c>image_url</c>, or null.</summary>
    public IReadOnlyList<ContentPart>? Parts { get; }
}
