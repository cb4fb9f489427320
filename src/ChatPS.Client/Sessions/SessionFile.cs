using System.Text;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Client.Json;
using Members = System.Collections.Generic.List<System.Collections.Generic.KeyValuePair<string, object?>>;

namespace ChatPS.Client.Sessions;

/// <summary>Sessions as files: indented JSON that only its user may read.</summary>
public static class SessionFile
{
    private const string Format = "chatps-session";
    private const int Version = 1;

    /// <summary>Writes a session. The file is whole at any time: the old one or the new one.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="session">The session, whose parameters and tools are plain values.</param>
    /// <exception cref="ChatServiceException">The file cannot be written.</exception>
    public static void Write(string path, ChatSession session)
    {
        string json = PlainJson.Write(ToPlain(session), "-Session", isIndented: true) + "\n";
        try
        {
            PrivateFile.Replace(path, Encoding.UTF8.GetBytes(json));
        }
        catch (Exception exception) when (IsFileFailure(exception))
        {
            throw Failures.Invalid($"-Path: '{path}' cannot be written: {exception.Message}", "Give -Path a file in a folder that exists and that you may write to.", exception);
        }
    }

    /// <summary>Reads a session.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The session.</returns>
    /// <exception cref="ChatServiceException">The file cannot be read, or holds no session; it says why.</exception>
    public static ChatSession Read(string path)
    {
        string json;
        try
        {
            json = TextFile.Read(path);
        }
        catch (Exception exception) when (IsFileFailure(exception))
        {
            throw Failures.Invalid($"-Path: '{path}' cannot be read: {exception.Message}", "Give -Path a file that Export-ChatSession has written.", exception);
        }

        return FromJson(json, path);
    }

    internal static ChatSession FromJson(string json, string path)
    {
        if (!PlainJsonReader.TryRead(json, out object? value, out string? error))
        {
            throw SessionMembers.Damaged(path, error!);
        }

        SessionMembers file = new(value as IReadOnlyDictionary<string, object?> ?? throw Foreign(path), path, "");
        if (file.Any("format") as string != Format || file.Any("version") is not int version)
        {
            throw Foreign(path);
        }

        return version <= Version
            ? FromPlain(file)
            : throw Failures.Invalid(FormattableString.Invariant($"-Path: '{path}' was written by a newer ChatPS (format {version}; this one knows {Version})."), "Update ChatPS.");
    }

    private static ChatServiceException Foreign(string path) =>
        Failures.Invalid($"-Path: '{path}' is no session of ChatPS.", "Give -Path a file that Export-ChatSession has written.");

    private static bool IsFileFailure(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or System.Security.SecurityException;

    private static Members ToPlain(ChatSession session) => Present(
        ("format", Format),
        ("version", Version),
        ("id", session.Id),
        ("name", session.Name),
        ("created", session.Created),
        ("lastUsed", session.LastUsed),
        ("system", session.System),
        ("model", session.Model),
        ("connection", session.Connection),
        ("parameters", session.Parameters.Count > 0 ? session.Parameters : null),
        ("tools", NotEmpty(session.Tools)),
        ("maxMessage", session.MaxMessage),
        ("maxToken", session.MaxToken),
        ("usage", ToPlain(session.Usage)),
        ("messages", session.Messages.Select(ToPlain)));

    private static Members ToPlain(ChatSessionUsage usage) => Present(
        ("requests", usage.Requests),
        ("inputTokens", usage.InputTokens),
        ("cachedTokens", usage.CachedTokens),
        ("outputTokens", usage.OutputTokens),
        ("totalTokens", usage.TotalTokens),
        ("cost", usage.Cost));

    internal static Members ToPlain(ChatMessage message) => Present(
        ("role", message.Role),
        ("name", message.Name),
        ("content", message.Content is [{ Type: "text", Text: { } text } only] && IsBare(only) ? text : message.Content.Select(ToPlain)),
        ("toolCalls", NotEmpty(message.ToolCalls.Select(ToPlain))),
        ("toolCallId", message.ToolCallId),
        ("refusal", message.Refusal),
        ("reasoning", message.Reasoning),
        ("commentary", message.Commentary),
        ("audioId", message.AudioId),
        ("raw", message.Raw),
        ("rawDialect", message.RawDialect));

    private static bool IsBare(ChatContent part) => (part.Url ?? part.Detail ?? part.Data ?? part.Format ?? part.FileId ?? part.FileName) is null;

    private static Members ToPlain(ChatContent part) => Present(
        ("type", part.Type),
        ("text", part.Text),
        ("url", part.Url),
        ("detail", part.Detail),
        ("data", part.Data),
        ("format", part.Format),
        ("fileId", part.FileId),
        ("fileName", part.FileName));

    private static Members ToPlain(ChatToolCall call) => Present(("id", call.Id), ("type", call.Type), ("name", call.Name), ("arguments", call.Arguments));

    private static object?[]? NotEmpty(IEnumerable<object?> items) => items.ToArray() is { Length: > 0 } some ? some : null;

    private static Members Present(params (string Name, object? Value)[] members) =>
        [.. members.Where(member => member.Value is not null).Select(member => new KeyValuePair<string, object?>(member.Name, member.Value))];

    private static ChatSession FromPlain(SessionMembers file)
    {
        ChatSession session = new()
        {
            Id = file.Required("id"),
            Name = file.Text("name") ?? "",
            Created = file.Time("created") ?? throw file.Missing("created"),
            LastUsed = file.Time("lastUsed"),
            System = file.Text("system"),
            Model = file.Text("model"),
            Connection = file.Text("connection"),
            Tools = [.. file.List("tools").OfType<object>()],
            MaxMessage = file.Limit("maxMessage"),
            MaxToken = file.Limit("maxToken"),
            Usage = file.Inner("usage") is { } usage ? ToUsage(usage) : new ChatSessionUsage(),
            Messages = [.. file.Each("messages").Select(ToMessage)],
        };
        foreach (KeyValuePair<string, object?> parameter in file.Inner("parameters")?.All ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            session.Parameters[parameter.Key] = parameter.Value;
        }

        return session;
    }

    private static ChatSessionUsage ToUsage(SessionMembers usage) => new()
    {
        Requests = usage.Number("requests"),
        InputTokens = usage.Number("inputTokens"),
        CachedTokens = usage.Number("cachedTokens"),
        OutputTokens = usage.Number("outputTokens"),
        TotalTokens = usage.Number("totalTokens"),
        Cost = usage.Money("cost"),
    };

    internal static ChatMessage ToMessage(SessionMembers message) => new()
    {
        Role = message.Required("role"),
        Name = message.Text("name"),
        Content = message.Any("content") is string text ? [ChatContent.FromText(text)] : [.. message.Each("content").Select(ToContent)],
        ToolCalls = [.. message.Each("toolCalls").Select(ToToolCall)],
        ToolCallId = message.Text("toolCallId"),
        Refusal = message.Text("refusal"),
        Reasoning = message.Text("reasoning"),
        Commentary = message.Text("commentary"),
        AudioId = message.Text("audioId"),
        Raw = message.Text("raw"),
        RawDialect = message.Text("rawDialect"),
    };

    private static ChatContent ToContent(SessionMembers part) => new()
    {
        Type = part.Required("type"),
        Text = part.Text("text"),
        Url = part.Text("url"),
        Detail = part.Text("detail"),
        Data = part.Text("data"),
        Format = part.Text("format"),
        FileId = part.Text("fileId"),
        FileName = part.Text("fileName"),
    };

    private static ChatToolCall ToToolCall(SessionMembers call) => new()
    {
        Id = call.Text("id"),
        Type = call.Required("type"),
        Name = call.Required("name"),
        Arguments = call.Text("arguments") ?? "",
    };
}
