using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Connections;
using ChatPS.Conversion;

namespace ChatPS.Sessions;

/// <summary>Copies of sessions: to go on separately, or to be written to a file.</summary>
internal static class SessionCopy
{
    /// <summary>Makes a session of its own with the same content.</summary>
    /// <param name="session">The session.</param>
    /// <param name="messages">The messages of the copy.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The copy, which has used nothing yet.</returns>
    public static ChatSession Fork(ChatSession session, IEnumerable<ChatMessage> messages, string name) => SessionOrigin.Follow(new ChatSession
    {
        Name = name,
        System = session.System,
        Model = session.Model,
        Connection = session.Connection,
        Parameters = new Dictionary<string, object?>(session.Parameters, StringComparer.OrdinalIgnoreCase),
        Tools = [.. session.Tools],
        MaxMessage = session.MaxMessage,
        MaxToken = session.MaxToken,
        Messages = [.. messages],
    }, session);

    /// <summary>Makes a copy that can be written to a file: of plain values only.</summary>
    /// <param name="session">The session.</param>
    /// <param name="nameOf">Finds the exact name of a parameter.</param>
    /// <param name="warn">Hears of what is left out.</param>
    /// <returns>The copy.</returns>
    public static ChatSession ForFile(ChatSession session, Func<string, string> nameOf, Action<string> warn)
    {
        SessionSecrets secrets = new(warn);
        ChatSession copy = new()
        {
            Id = session.Id,
            Name = session.Name,
            System = SecretMembers.MaskKeys(session.System),
            Model = session.Model,
            Connection = session.Connection,
            Tools = [.. session.Tools.Select(tool => secrets.Without(ToolForFile(tool, warn), "A tool of the session")).OfType<object>()],
            MaxMessage = session.MaxMessage,
            MaxToken = session.MaxToken,
            Messages = secrets.Without(session.Messages),
            Usage = session.Usage,
            Created = session.Created,
            LastUsed = session.LastUsed,
        };
        foreach (KeyValuePair<string, object?> parameter in session.Parameters)
        {
            string name = nameOf(parameter.Key);
            if (IsPlain(parameter.Value))
            {
                copy.Parameters[name] = secrets.Without(PlainObject.From(parameter.Value), $"The session's parameter {name}");
            }
            else
            {
                warn($"The session's parameter {name} is not saved: a file cannot hold a value of type {Bare.Of(parameter.Value)?.GetType().Name}. Give -{name} to Invoke-ChatCompletion.");
            }
        }

        return copy;
    }

    // Script text in a file would be run by whoever imports it: tools are saved by their names.
    private static object? ToolForFile(object tool, Action<string> warn)
    {
        object bare = Bare.Of(tool)!;
        if (bare is CommandInfo command)
        {
            return command.Name;
        }

        if (bare is string || IsPlain(tool))
        {
            return PlainObject.From(tool);
        }

        warn($"A tool of the session is not saved: a file holds the names of commands, not a {bare.GetType().Name}. Give it to Invoke-ChatCompletion with -Tool.");
        return null;
    }

    private static bool IsPlain(object? value) => Bare.Of(value) switch
    {
        null or string or bool or char or decimal or DateTime or DateTimeOffset or TimeSpan or Guid or Uri or Version or Enum or SwitchParameter => true,
        PSObject custom => custom.Properties.All(property => property is PSNoteProperty && IsPlain(property.Value)),
        IDictionary dictionary => dictionary.Values.Cast<object?>().All(IsPlain),
        Array or IList => ((IEnumerable)Bare.Of(value)!).Cast<object?>().All(IsPlain),
        IConvertible number => number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Double,
        _ => false,
    };

}
