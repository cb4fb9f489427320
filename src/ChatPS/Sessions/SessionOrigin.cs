using System.Runtime.CompilerServices;

namespace ChatPS.Sessions;

/// <summary>Remembers what a session names that was read from a file: whoever wrote the file does not choose where it goes.</summary>
internal static class SessionOrigin
{
    private static readonly ConditionalWeakTable<ChatSession, Named> Read = new();

    /// <summary>Notes that a session comes from a file.</summary>
    /// <param name="session">The session, as it was read.</param>
    public static void Note(ChatSession session) => Read.Add(session, new Named(session.Connection, session.Model));

    /// <summary>Notes that a session is a copy of another one.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="session">What it is a copy of.</param>
    /// <returns>The copy.</returns>
    public static ChatSession Follow(ChatSession copy, ChatSession session)
    {
        if (Read.TryGetValue(session, out Named? named))
        {
            Read.Add(copy, named);
        }

        return copy;
    }

    /// <summary>Whether it was a file that named a session's connection, and nobody since.</summary>
    /// <param name="session">The session.</param>
    /// <returns>Whether it was.</returns>
    public static bool ChoseConnection(ChatSession session) => session.Connection is not null && Read.TryGetValue(session, out Named? named) && named.Connection == session.Connection;

    /// <summary>Whether it was a file that named a session's model, and nobody since.</summary>
    /// <param name="session">The session.</param>
    /// <returns>Whether it was.</returns>
    public static bool ChoseModel(ChatSession session) => session.Model is not null && Read.TryGetValue(session, out Named? named) && named.Model == session.Model;

    private sealed record Named(string? Connection, string? Model);
}
