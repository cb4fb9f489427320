using ChatPS.Client.Faults;

namespace ChatPS.Sessions;

/// <summary>What a session that was read from a file may not bring along besides parameters: whoever wrote it would decide over the account that it is asked with.</summary>
internal static class FileSession
{
    /// <summary>Looks at the tools, and takes out the files of an account.</summary>
    /// <param name="session">The session, as it was read.</param>
    /// <param name="warn">Hears of what is taken out.</param>
    /// <exception cref="ChatServiceException">A tool is neither the name of a command nor the description of a function.</exception>
    public static void Check(ChatSession session, Action<string> warn)
    {
        if (Array.Exists(session.Tools, tool => tool is not string && !IsFunction(tool)))
        {
            throw Failures.Invalid("-Path: the session has a tool that is no command and no function, such as a server of tools.", "Give it to Invoke-ChatCompletion itself with -Tool or -BuiltInTool.");
        }

        // What the service's own form of a message may say, too.
        if (Array.Exists(session.Messages, message => message.Raw?.Contains("mcp_approval_response", StringComparison.Ordinal) == true))
        {
            throw Failures.Invalid("-Path: the session approves a call of a server of tools in your name.", "Take that message out of the file.");
        }

        foreach (ChatMessage message in session.Messages)
        {
            foreach (ChatContent part in message.Content.Where(part => part.FileId is not null).ToArray())
            {
                message.Content.Remove(part);
                warn($"The session's file names the uploaded file '{part.FileId}', which is left out. If it is yours, give it to Invoke-ChatCompletion with -FileId {part.FileId}.");
            }
        }
    }

    private static bool IsFunction(object tool) =>
        tool is IReadOnlyDictionary<string, object?> members && members.TryGetValue("type", out object? type) && type is "function" or "custom";
}
