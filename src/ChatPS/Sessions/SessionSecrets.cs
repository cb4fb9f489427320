using ChatPS.Client.Connections;

namespace ChatPS.Sessions;

/// <summary>Keeps secrets out of the files of sessions, and says what was left out.</summary>
/// <param name="warn">Hears of what is left out.</param>
internal sealed class SessionSecrets(Action<string> warn)
{
    /// <summary>Leaves out the members that are named like secrets, at any depth.</summary>
    /// <param name="plain">Plain dictionaries, lists and values.</param>
    /// <param name="what">What holds them, in words.</param>
    /// <returns>What may stand in a file.</returns>
    public object? Without(object? plain, string what) => SecretMembers.Replace(plain, (name, _) =>
    {
        warn($"{what} is saved without '{name}', which is named like a secret. Give it again to Invoke-ChatCompletion.");
        return null;
    });

    /// <summary>Masks what looks like a secret in messages.</summary>
    /// <param name="messages">The messages, which stay as they are.</param>
    /// <returns>What may stand in a file.</returns>
    public ChatMessage[] Without(ChatMessage[] messages)
    {
        int changed = 0;
        ChatMessage[] masked = [.. messages.Select(message => Without(message, ref changed))];
        if (changed > 0)
        {
            warn(FormattableString.Invariant($"{changed} messages of the session hold what looks like a secret. In the file it is masked; the session itself keeps it."));
        }

        return masked;
    }

    private static ChatMessage Without(ChatMessage message, ref int changed)
    {
        ChatMessage copy = new()
        {
            Role = message.Role,
            Content = [.. message.Content.Select(Without)],
            Name = message.Name,
            ToolCalls = [.. message.ToolCalls.Select(call => new ChatToolCall { Id = call.Id, Type = call.Type, Name = call.Name, Arguments = SecretMembers.Mask(call.Arguments) })],
            ToolCallId = message.ToolCallId,
            Refusal = message.Refusal,
            Reasoning = SecretMembers.MaskKeys(message.Reasoning),
            Commentary = SecretMembers.MaskKeys(message.Commentary),
            AudioId = message.AudioId,
            Raw = message.Raw is null ? null : SecretMembers.Mask(message.Raw),
            RawDialect = message.RawDialect,
        };
        bool isSame = copy.Reasoning == message.Reasoning && copy.Commentary == message.Commentary && copy.Raw == message.Raw
            && copy.Content.Zip(message.Content, (one, other) => one.Text == other.Text && one.Url == other.Url).All(same => same)
            && copy.ToolCalls.Zip(message.ToolCalls, (one, other) => one.Arguments == other.Arguments).All(same => same);
        changed += isSame ? 0 : 1;
        return isSame ? message : copy;
    }

    // What was said is the user's; only keys do not lie in a file because somebody said them.
    private static ChatContent Without(ChatContent part) => new()
    {
        Type = part.Type,
        Text = SecretMembers.MaskKeys(part.Text),
        Url = part.Url is { } url && !url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? SecretMembers.Mask(url) : part.Url,
        Detail = part.Detail,
        Data = part.Data,
        Format = part.Format,
        FileId = part.FileId,
        FileName = part.FileName,
        CacheBreakpoint = part.CacheBreakpoint,
    };
}
