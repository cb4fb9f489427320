using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ChatPS.Module;

namespace ChatPS.Conversion;

/// <summary>Brings back our objects that came through a job or a remote session, where they are property bags.</summary>
internal static class Deserialized
{
    public static bool Is<T>(PSObject source) => source.TypeNames.Contains("Deserialized." + typeof(T).FullName);

    public static ChatModel ToModel(PSObject source, string id = nameof(ChatModel.Id)) => new() { Id = Text(source, id) ?? "", Connection = KnownConnection(source) };

    public static ChatCompletion ToCompletion(PSObject source) => new()
    {
        Text = Text(source, nameof(ChatCompletion.Text)) ?? "",
        Messages = [.. List(source, nameof(ChatCompletion.Messages)).Select(ToMessage)],
        Connection = KnownConnection(source),
    };

    public static ChatFile ToFile(PSObject source) => new()
    {
        Id = Text(source, nameof(ChatFile.Id)) ?? "",
        FileName = Text(source, nameof(ChatFile.FileName)) ?? "",
        Uri = Text(source, nameof(ChatFile.Uri)),
    };

    public static ChatEmbedding ToEmbedding(PSObject source) => new()
    {
        Text = Text(source, nameof(ChatEmbedding.Text)) ?? "",
        Vector = [.. List(source, nameof(ChatEmbedding.Vector)).Select(number => Convert.ToSingle(number.BaseObject, CultureInfo.InvariantCulture))],
        Input = source.Properties[nameof(ChatEmbedding.Input)]?.Value,
        Model = Text(source, nameof(ChatEmbedding.Model)),
        Connection = KnownConnection(source),
    };

    public static ChatMessage ToMessage(PSObject source) => new()
    {
        Role = Text(source, nameof(ChatMessage.Role)) ?? "user",
        Content = [.. List(source, nameof(ChatMessage.Content)).Select(ToContent)],
        Name = Text(source, nameof(ChatMessage.Name)),
        ToolCallId = Text(source, nameof(ChatMessage.ToolCallId)),
        ToolCalls = [.. List(source, nameof(ChatMessage.ToolCalls)).Select(ToToolCall)],
        Refusal = Text(source, nameof(ChatMessage.Refusal)),
        AudioId = Text(source, nameof(ChatMessage.AudioId)),
        Raw = Text(source, nameof(ChatMessage.Raw)),
        RawDialect = Text(source, nameof(ChatMessage.RawDialect)),
    };

    // Depth ends somewhere: what lies below it came as its text.
    private static ChatContent ToContent(PSObject source) => source.BaseObject is string text ? ChatContent.FromText(text) : new ChatContent
    {
        Type = Text(source, nameof(ChatContent.Type)) ?? "text",
        Text = Text(source, nameof(ChatContent.Text)),
        Url = Text(source, nameof(ChatContent.Url)),
        Detail = Text(source, nameof(ChatContent.Detail)),
        Data = Text(source, nameof(ChatContent.Data)),
        Format = Text(source, nameof(ChatContent.Format)),
        FileId = Text(source, nameof(ChatContent.FileId)),
        FileName = Text(source, nameof(ChatContent.FileName)),
        CacheBreakpoint = Text(source, nameof(ChatContent.CacheBreakpoint)),
    };

    private static ChatToolCall ToToolCall(PSObject source) => new()
    {
        Id = Text(source, nameof(ChatToolCall.Id)),
        Type = Text(source, nameof(ChatToolCall.Type)) ?? "function",
        Name = Text(source, nameof(ChatToolCall.Name)) ?? "",
        Arguments = Text(source, nameof(ChatToolCall.Arguments)) ?? "",
    };

    private static string? KnownConnection(PSObject source) =>
        Text(source, "Connection") is { } name && ModuleState.Connections.List(ModuleState.RunspaceId).Any(connection => connection.Name == name) ? name : null;

    private static IEnumerable<PSObject> List(PSObject source, string property)
    {
        object? value = source.Properties[property]?.Value;
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        return bare is IEnumerable items and not string ? items.Cast<object?>().OfType<object>().Select(PSObject.AsPSObject) : [];
    }

    private static string? Text(PSObject source, string property) =>
        source.Properties[property]?.Value is { } value ? PlainObject.Text(value) : null;
}
