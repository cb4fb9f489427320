using System.Management.Automation;
using ChatPS.Client.Content;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Conversion;

/// <summary>What a piped item is to a chat: it decides itself.</summary>
internal sealed class PipelineInput
{
    /// <summary>The most characters of JSON that an object may become. More is an error, since a cut would go unnoticed.</summary>
    public const int LongestJson = 1_000_000;

    /// <summary>The model, if the item is one.</summary>
    public ChatModel? Model { get; private init; }

    /// <summary>The conversation, if the item is an answer.</summary>
    public ChatCompletion? Conversation { get; private init; }

    /// <summary>The text, if the item is text.</summary>
    public string? Text { get; private init; }

    /// <summary>The file's content below its name, if the item is a file of text.</summary>
    public string? TextFile { get; private init; }

    /// <summary>The content, if the item is a file of another kind, or a picture or a sound that a service made.</summary>
    public ChatContent? Attachment { get; private init; }

    /// <summary>The item as compact JSON, if it is none of these.</summary>
    public string? Data { get; private init; }

    /// <summary>The same as plain dictionaries, lists and values.</summary>
    public object? Plain { get; private init; }

    /// <summary>Looks at an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="wantsData">Whether an object is to be rendered; not if it only carries the prompt.</param>
    /// <returns>What it is.</returns>
    /// <exception cref="ChatServiceException">The item cannot be part of a chat; it says why.</exception>
    public static PipelineInput From(object? item, bool wantsData)
    {
        object? bare = Bare.Of(item);
        return bare switch
        {
            _ when PlainObject.IsNull(item) => throw Failures.Invalid("A null was piped in.", "Leave it out, for example with Where-Object { $_ }."),
            string text => new PipelineInput { Text = text },
            ChatModel model => new PipelineInput { Model = model },
            ChatGpt gpt => new PipelineInput { Model = new ChatModel { Id = gpt.Model, Connection = gpt.Connection } },
            ChatCompletion completion => new PipelineInput { Conversation = completion },
            ChatCompletionUpdate { Completion: { } completion } => new PipelineInput { Conversation = completion },
            PSObject gone when Deserialized.Is<ChatModel>(gone) => new PipelineInput { Model = Deserialized.ToModel(gone) },
            PSObject gone when Deserialized.Is<ChatGpt>(gone) => new PipelineInput { Model = Deserialized.ToModel(gone, nameof(ChatGpt.Model)) },
            PSObject gone when Deserialized.Is<ChatCompletion>(gone) => new PipelineInput { Conversation = Deserialized.ToCompletion(gone) },
            ChatCompletionUpdate => throw Failures.Invalid(
                "A piece of a streamed answer was piped in.", "Pipe in the whole answer: property Completion of the last piece, or leave out -Stream."),
            ChatFile file => new PipelineInput { Attachment = KeptFile.Of(file) },
            PSObject gone when Deserialized.Is<ChatFile>(gone) => new PipelineInput { Attachment = KeptFile.Of(Deserialized.ToFile(gone)) },
            _ when MediaContent.Of(bare, "-InputObject") is { } media => FromFile(media),
            _ when OwnText.Of(bare) is { } own => new PipelineInput { Text = own },
            ChatSession => throw Failures.Invalid("A session was piped in.", "Give it to -Session: Invoke-ChatCompletion -Session $session 'And then?'."),
            ChatMessage => throw Failures.Invalid("A ChatMessage was piped in.", "Give messages to -Message: Invoke-ChatCompletion -Message $messages."),
            object?[] when FileLines.Whole(item) is { } lines => new PipelineInput { Text = lines },
            FileInfo file => FromFile(MediaFile.Attachment(file.FullName, "-InputObject")),
            byte[] bytes => FromFile(MediaFile.Attachment(bytes, "-InputObject")),
            System.Xml.XmlNode node => new PipelineInput { Data = node.OuterXml },
            _ => wantsData ? Rendered(item) : new PipelineInput(),
        };
    }

    /// <summary>Looks at what is meant of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="text">What is taken of it; null for the whole.</param>
    /// <param name="wantsData">Whether an object is to be rendered where the whole item is meant.</param>
    /// <returns>What it is.</returns>
    /// <exception cref="ChatServiceException">There is no such thing in the item, or it cannot be part of a chat.</exception>
    public static PipelineInput From(object? item, ItemText? text, bool wantsData)
    {
        if (text is null)
        {
            return From(item, wantsData);
        }

        object? value = text.Choose(item);
        return value is FileInfo or byte[] || MediaInput.Made(value) is not null ? From(value, wantsData) : new PipelineInput { Text = text.Require(value) };
    }

    /// <summary>Leaves out what a prompt has in it already.</summary>
    /// <returns>What goes along with the prompt.</returns>
    public PipelineInput WithoutText() => new() { Model = Model, Conversation = Conversation, Attachment = Attachment };

    private static PipelineInput FromFile(ChatContent content) =>
        content.Type == "text" ? new PipelineInput { TextFile = content.Text } : new PipelineInput { Attachment = content };

    private static PipelineInput Rendered(object? item)
    {
        object? plain = PlainObject.From(item, "-InputObject");
        string json = PlainJson.Write(plain, "-InputObject");
        return json.Length <= LongestJson
            ? new PipelineInput { Data = json, Plain = plain }
            : throw Failures.Invalid(
                FormattableString.Invariant($"The piped object has {json.Length} characters as JSON; at most {LongestJson} are sent."), "Choose the properties that matter with Select-Object.");
    }
}
