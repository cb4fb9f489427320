using ChatPS.Client.Chat;
using ChatPS.Client.Content;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Makes the request for one pipeline item from what all items share.</summary>
/// <param name="template">The request without its messages.</param>
/// <param name="system">The instructions that stand before the conversation.</param>
/// <param name="attachments">What is attached to each question.</param>
/// <param name="imageDetail">How closely the model looks at images that are piped in; null for the service's default.</param>
internal sealed class ChatComposer(ChatRequest template, string? system, IReadOnlyList<ChatContent>? attachments = null, string? imageDetail = null)
{
    public ChatRequest FromMessages(IEnumerable<ChatMessage> messages, PipelineInput? input, object item) => input is null or { Model: not null }
        ? With([.. messages], input?.Model, item)
        : throw Failures.Invalid("-Message takes the conversation whole, but something was piped in besides.", "Pipe a model or nothing, or use -Prompt with what is piped.");

    /// <summary>Makes a request of a prompt and what is piped.</summary>
    /// <param name="prompt">The prompt; null if what is piped is the prompt.</param>
    /// <param name="isFixed">Whether all items share the prompt, which then is about each of them.</param>
    /// <param name="input">What is piped.</param>
    /// <param name="item">The pipeline item as it came.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ChatServiceException">There is nothing to ask.</exception>
    public ChatRequest FromPrompt(string? prompt, bool isFixed, PipelineInput? input, object? item)
    {
        if (input is null && prompt is null)
        {
            throw Failures.Invalid("There is nothing to ask.", "Give -Prompt, pipe in text, or give -Message.");
        }

        string? question = prompt ?? input!.Text;
        if (string.IsNullOrWhiteSpace(question))
        {
            throw prompt is null && input!.Conversation is not null
                ? Failures.Invalid("An answer was piped in, but nothing says how the conversation goes on.", "Say it with -Prompt, for example -Prompt 'And then?'.")
                : prompt is null && input!.Text is null
                ? Failures.Invalid("Something was piped in, but nothing says what to do with it.", "Say with -Prompt what is wanted, for example -Prompt 'Summarise this'.")
                : Failures.Invalid("The prompt is empty.", "Give -Prompt some text.");
        }

        if (prompt is not null && input is { Text: { } empty, Attachment: null, Conversation: null } && string.IsNullOrWhiteSpace(empty))
        {
            throw Failures.Invalid("The item is empty: there is nothing to ask about.", "Leave empty items out, for example with Where-Object.");
        }

        string? about = prompt is null ? null : (isFixed ? input?.Text ?? input?.Data : null) ?? input?.TextFile;
        List<ChatContent> content = [ChatContent.FromText(string.IsNullOrEmpty(about) ? question! : $"{question}\n\n{about}")];
        if (input?.Attachment is { } attachment)
        {
            content.Add(attachment);
        }

        if (input?.Conversation is { Messages.Length: 0 })
        {
            throw Failures.Invalid("A completion without its messages was piped in; the model would know nothing of the conversation.", "Fetch it with Get-ChatCompletion -IncludeMessage.");
        }

        return With([.. input?.Conversation?.Messages ?? [], Ask(content)], input?.Model, item);
    }

    /// <summary>Makes one request of all items.</summary>
    /// <param name="prompt">What to ask about them.</param>
    /// <param name="inputs">The items.</param>
    /// <param name="items">The items as they came.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ChatServiceException">Something among the items cannot be put together, or it is too much.</exception>
    public ChatRequest FromAll(string prompt, IReadOnlyList<PipelineInput> inputs, object items)
    {
        if (string.IsNullOrWhiteSpace(prompt))
        {
            throw Failures.Invalid("The prompt is empty.", "Give -Prompt some text.");
        }

        if (inputs.Any(input => input.Model is not null || input.Conversation is not null))
        {
            throw Failures.Invalid("-Aggregate puts data together; models and answers cannot be among it.", "Pipe in text, files or objects.");
        }

        string[] data = [.. inputs.Select(input => input.Data).OfType<string>()];
        string text = string.Join(
            "\n\n",
            [prompt, .. inputs.Select(input => input.Text ?? input.TextFile).Where(part => !string.IsNullOrEmpty(part)), .. data.Length > 0 ? [$"[{string.Join(",", data)}]"] : Array.Empty<string>()]);
        if (text.Length > PipelineInput.LongestJson)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"The piped items have {text.Length} characters together; at most {PipelineInput.LongestJson} are sent."), "Choose fewer properties with Select-Object, or leave out -Aggregate.");
        }

        return With([Ask([ChatContent.FromText(text), .. inputs.Select(input => input.Attachment).OfType<ChatContent>()])], null, items);
    }

    private ChatRequest With(List<ChatMessage> messages, ChatModel? model, object? input)
    {
        if (!string.IsNullOrEmpty(system))
        {
            messages.RemoveAll(message => message.Role == "system");
            messages.Insert(0, new ChatMessage("system", system!));
        }

        return template with { Messages = messages, Model = template.Model ?? model?.Id, Input = input };
    }

    private ChatMessage Ask(List<ChatContent> content)
    {
        foreach (ChatContent image in content.Where(part => part.Type == "image_url"))
        {
            image.Detail = imageDetail;
        }

        content.AddRange(attachments ?? []);
        MediaFile.CheckTotal(content);
        return new ChatMessage { Role = "user", Content = content };
    }
}
