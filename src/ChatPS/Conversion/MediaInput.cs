using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Media;

namespace ChatPS.Conversion;

/// <summary>Finds what can be saved in what users pipe: pictures, sound and files, or answers that hold some.</summary>
internal static class MediaInput
{
    /// <summary>Finds it.</summary>
    /// <param name="item">The item.</param>
    /// <returns>What it holds; empty for an answer without any.</returns>
    /// <exception cref="ChatServiceException">It is something else.</exception>
    public static IReadOnlyList<ChatMedia> Of(object? item) => Bare.Of(item) switch
    {
        _ when Made(item) is { } media => [media],
        ChatCompletion answer => AnswerMedia.Of(answer),
        ChatCompletionUpdate { Completion: { } answer } => AnswerMedia.Of(answer),
        ChatMessage message => AnswerMedia.Of(message),
        string text => AnswerMedia.Of(new ChatMessage("assistant", text)),
        PSObject gone when Deserialized.Is<ChatCompletion>(gone) || Deserialized.Is<ChatMessage>(gone) => [.. List(gone)],
        var other => throw Failures.Invalid($"An object of type {(other is PSObject ? nameof(PSCustomObject) : other?.GetType().Name ?? "null")} is nothing to save.", "Pipe in pictures of New-ChatImage, answers of Invoke-ChatCompletion, or their property Media."),
    };

    /// <summary>Finds what a service made.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The picture, sound or file; null where the item is something else.</returns>
    public static ChatMedia? Made(object? item) => Bare.Of(item) switch
    {
        ChatMedia media => media,
        ChatSpeech speech => new ChatMedia { Kind = "audio", Data = speech.Data is { Length: > 0 } data ? data : null, Path = speech.Path, MediaType = speech.MediaType, Connection = speech.Connection, Input = speech.Input, Index = speech.Index },
        PSObject gone when Deserialized.Is<ChatImage>(gone) || Deserialized.Is<ChatMedia>(gone) => ToMedia(gone, Text(gone, nameof(ChatMedia.Kind)) ?? "file"),
        PSObject gone when Deserialized.Is<ChatSpeech>(gone) => ToMedia(gone, "audio"),
        _ => null,
    };

    // The object that came from a job or a file, as far as it is needed to save or send it.
    private static ChatMedia ToMedia(PSObject gone, string kind)
    {
        string? url = Text(gone, nameof(ChatMedia.Url));
        byte[]? data = Value(gone, nameof(ChatMedia.Data)) is byte[] { Length: > 0 } bytes ? bytes : null;
        string? type = Text(gone, nameof(ChatMedia.MediaType));
        string? path = Text(gone, nameof(ChatMedia.Path));
        string? connection = Text(gone, nameof(ChatMedia.Connection));
        object? input = Value(gone, nameof(ChatMedia.Input));
        int index = Value(gone, nameof(ChatMedia.Index)) as int? ?? 0;
        return kind == "image"
            ? new ChatImage { Url = url, Data = data, MediaType = type, Path = path, Connection = connection, Prompt = Text(gone, nameof(ChatImage.Prompt)) ?? "", Model = Text(gone, nameof(ChatImage.Model)), Input = input, Index = index }
            : new ChatMedia { Kind = kind, Url = url, Data = data, MediaType = type, Path = path, FileName = Text(gone, nameof(ChatMedia.FileName)), FileId = Text(gone, nameof(ChatMedia.FileId)), Connection = connection, Input = input, Index = index };
    }

    private static IEnumerable<ChatMedia> List(PSObject gone) =>
        (LanguagePrimitives.GetEnumerable(gone.Properties["Media"]?.Value)?.Cast<object?>() ?? []).Select(Made).OfType<ChatMedia>();

    private static object? Value(PSObject gone, string name) => Bare.Of(gone.Properties[name]?.Value);

    private static string? Text(PSObject gone, string name) => Value(gone, name) is { } value ? PlainObject.Text(value) : null;
}
