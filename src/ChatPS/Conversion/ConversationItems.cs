using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>What is said in a conversation: texts of the user, messages, or whatever a user built for the service.</summary>
internal static class ConversationItems
{
    /// <summary>The most items that a request takes.</summary>
    public const int Most = 20;

    private const string Form = "Give texts, messages of New-ChatMessage, or hashtables such as @{ type = 'message'; role = 'user'; content = 'Hello' }.";

    /// <summary>Reads items.</summary>
    /// <param name="items">The items; null for none.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    /// <returns>The items as the service takes them.</returns>
    /// <exception cref="ChatServiceException">There are too many, or one is none.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>>? Of(object[]? items, string parameter) => items is null ? null
        : items.Length > Most ? throw Failures.Invalid(FormattableString.Invariant($"{parameter} has {items.Length} items; a request takes at most {Most}."), $"Give {parameter} fewer items, and add the rest with Add-ChatConversationItem.")
        : Array.ConvertAll(items, item => One(item, parameter));

    private static IReadOnlyDictionary<string, object?> One(object item, string parameter) => Bare.Of(item) switch
    {
        string { Length: > 0 } text => Message("user", text),
        ChatMessage message => Message(message.Role, message.Text),
        _ when PlainObject.From(item, parameter) is IReadOnlyDictionary<string, object?> members && (members.ContainsKey("type") || members.ContainsKey("role")) => members,
        var other => throw Failures.Invalid($"{parameter}: '{PlainObject.Text(other)}' is no item of a conversation.", Form),
    };

    private static Dictionary<string, object?> Message(string role, string text) => new(StringComparer.Ordinal) { ["type"] = "message", ["role"] = role, ["content"] = text };
}
