using System.Management.Automation;
using ChatPS.Client.Content;
using ChatPS.Client.Decisions;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Questions;

/// <summary>What questions are about: a piped item with the pictures beside it, or a conversation.</summary>
internal static class Evidence
{
    /// <summary>Adds an item to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="item">The item.</param>
    /// <param name="text">What is taken of it; null for the whole.</param>
    /// <param name="images">The pictures beside it.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ChatServiceException">There is nothing in the item to decide about; it says why.</exception>
    public static DecisionRequest OfItem(DecisionRequest request, object? item, ItemText? text, IReadOnlyList<ChatContent> images)
    {
        if (Conversation(item) is { } messages)
        {
            return OfConversation(request, messages, images);
        }

        if (text is null && Bare.Of(item) is DirectoryInfo folder)
        {
            throw Failures.Invalid($"'{folder.Name}' is a folder: there is nothing in it to decide about.", "Pipe in files, for example from Get-ChildItem -File, or say with -Property what of the folder is meant.");
        }

        PipelineInput input = PipelineInput.From(item, text, wantsData: true);
        if (input.Model is not null)
        {
            throw Failures.Invalid("A model was piped in.", "Name the model with -Model, and pipe in what is to be decided about.");
        }

        if (input.Conversation is { } answer)
        {
            return OfConversation(request, answer.Messages, images);
        }

        if (input is { Plain: { } plain } && images.Count == 0 && plain is IReadOnlyDictionary<string, object?> or List<object?>)
        {
            return request with { Data = plain };
        }

        string? said = input.Text ?? input.TextFile ?? (input.Plain is null or IReadOnlyDictionary<string, object?> or List<object?> ? input.Data : PlainObject.Text(input.Plain));
        if (input.Attachment is null && string.IsNullOrWhiteSpace(said))
        {
            throw Failures.Invalid("The item is empty: there is nothing to decide about.", "Leave empty items out, for example with Where-Object.");
        }

        return OfContent(request, [.. said is null ? Array.Empty<ChatContent>() : [ChatContent.FromText(said)], .. input.Attachment is { } attachment ? [attachment] : Array.Empty<ChatContent>(), .. images]);
    }

    /// <summary>Adds a conversation to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="given">What was given to <c>-Message</c>.</param>
    /// <param name="images">The pictures beside it, of which there must be none.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ChatServiceException">It is no conversation.</exception>
    public static DecisionRequest OfMessages(DecisionRequest request, object[] given, IReadOnlyList<ChatContent> images) =>
        OfConversation(request, [.. given.SelectMany(value => Conversation(value) ?? MessageConverter.Convert([value]))], images);

    /// <summary>Adds pictures alone to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="content">The pictures.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ChatServiceException">They are too large together.</exception>
    public static DecisionRequest OfContent(DecisionRequest request, IReadOnlyList<ChatContent> content)
    {
        MediaFile.CheckTotal(content);
        return request with { Messages = [new ChatMessage { Role = "user", Content = [.. content] }] };
    }

    private static DecisionRequest OfConversation(DecisionRequest request, ChatMessage[] messages, IReadOnlyList<ChatContent> images) =>
        messages.Length == 0 ? throw Failures.Invalid("The conversation has no messages: there is nothing to decide about.", "Pipe in or give -Message a conversation that has begun.")
        : !Array.Exists(messages, message => string.Equals(message.Role, "user", StringComparison.OrdinalIgnoreCase)) ? throw Failures.Invalid("The conversation has no message of a user: there is nothing to decide about.", "Pipe in or give -Message a conversation that has begun.")
        : images.Count > 0 ? throw Failures.Invalid("-Image does not go with a conversation.", "Put the pictures into its messages with New-ChatMessage -Image.")
        : request with { Messages = messages };

    // The instructions of a session stand beside its messages.
    private static ChatMessage[]? Conversation(object? value) => Bare.Of(value) switch
    {
        ChatSession { System: { Length: > 0 } system } session => [new ChatMessage("system", system), .. session.Messages],
        ChatSession session => session.Messages,
        object?[] { Length: > 0 } items when Array.TrueForAll(items, item => Bare.Of(item) is ChatMessage) => Array.ConvertAll(items, item => (ChatMessage)Bare.Of(item)!),
        _ => null,
    };
}
