using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Decisions;

/// <summary>What questions are about, for forms that have fewer places for it.</summary>
internal static class Evidence
{
    /// <summary>Gets the text where the evidence is one message of the user, of text alone.</summary>
    public static string? PlainText(this DecisionRequest request) =>
        request.Messages is [{ Role: "user", ToolCalls.Count: 0, Content: [{ Type: "text", CacheBreakpoint: null } part] }] ? part.Text : null;

    /// <summary>Gets the evidence as one text without its images: each message of a conversation with its role before it.</summary>
    public static string AsText(this DecisionRequest request) => request.Data is { } data ? PlainJson.Write(data, "-InputObject")
        : request.Messages is [{ Role: "user" } only] ? only.Words()
        : string.Join("\n\n", request.Messages.Select(message => $"{message.Role}: {message.Words()}"));

    /// <summary>Gets the images of the evidence, in their order.</summary>
    /// <param name="request">The request.</param>
    /// <param name="form">The form, for the error.</param>
    /// <exception cref="ChatServiceException">There are other things in the evidence than text and images.</exception>
    public static IReadOnlyList<ChatContent> Images(this DecisionRequest request, string form)
    {
        ChatContent[] others = [.. request.Messages.SelectMany(message => message.Content).Where(part => part.Type is not ("text" or "refusal"))];
        return Array.Find(others, part => part.Type != "image_url") is { } part ? throw Refuse(part, form, "text and images") : others;
    }

    /// <summary>Takes an image apart that is given in its address.</summary>
    /// <param name="image">The image.</param>
    /// <param name="form">The form, for the error.</param>
    /// <returns>Its kind, and its bytes in base64.</returns>
    /// <exception cref="ChatServiceException">It is not given, only where it lies.</exception>
    public static (string Type, string Data) Bytes(this ChatContent image, string form)
    {
        const string Scheme = "data:";
        const string Mark = ";base64,";
        int mark = image.Url?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? image.Url.IndexOf(Mark, StringComparison.OrdinalIgnoreCase) : -1;
        return mark < 0
            ? throw Failures.Invalid($"The form {form} takes no address of an image, only the image itself.", "Give the path of the image's file.")
            : (image.Url!.Substring(Scheme.Length, mark - Scheme.Length), image.Url.Substring(mark + Mark.Length));
    }

    public static ChatServiceException Refuse(ChatContent part, string form, string taken) =>
        Failures.Invalid($"A part of the input is '{part.Type}'; the form {form} takes {taken}.", $"Give {taken} only.");

    private static string Words(this ChatMessage message) => string.Join(
        "\n",
        message.Content.Where(part => part.Text is not null).Select(part => part.Text).Concat(message.ToolCalls.Select(call => $"[{call.Name} {call.Arguments}]")));
}
