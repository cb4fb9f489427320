using System.Runtime.CompilerServices;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Client.Sessions;

namespace ChatPS.Sessions;

/// <summary>One prompt to a session and its answer. A session takes one at a time; without a session it is the request alone.</summary>
internal sealed class SessionTurn : IDisposable
{
    private static readonly ConditionalWeakTable<ChatSession, StrongBox<int>> Busy = new();

    private readonly ChatSession? _session;
    private readonly int _instructions;

    private SessionTurn(ChatSession? session, ChatRequest request, int instructions)
    {
        _session = session;
        _instructions = instructions;
        Request = request;
    }

    /// <summary>Gets the request, with the conversation before it.</summary>
    public ChatRequest Request { get; }

    /// <summary>Begins a turn.</summary>
    /// <param name="session">The session, if there is one.</param>
    /// <param name="request">The request without the conversation.</param>
    /// <param name="hasInstructions">Whether the first message of the request is the instructions, which are not part of the conversation.</param>
    /// <returns>The turn, to dispose at its end.</returns>
    /// <exception cref="ChatServiceException">The session is waiting for an answer.</exception>
    public static SessionTurn Begin(ChatSession? session, ChatRequest request, bool hasInstructions)
    {
        if (session is null)
        {
            return new SessionTurn(null, request, 0);
        }

        if (Interlocked.Exchange(ref Busy.GetOrCreateValue(session).Value, 1) == 1)
        {
            throw Failures.Invalid($"The session '{session.Name}' is still waiting for an answer.", "Ask again when it has come; for questions side by side give each a copy, made with Copy-ChatSession.");
        }

        int instructions = hasInstructions ? 1 : 0;
        ChatMessage[] messages = [.. request.Messages.Take(instructions), .. session.Messages, .. request.Messages.Skip(instructions)];
        return new SessionTurn(
            session,
            request with { Messages = ConversationLimit.Trim(messages, session.MaxMessage, session.MaxToken, request.Messages.Count - instructions) },
            instructions);
    }

    /// <summary>Keeps the answer in the session.</summary>
    /// <param name="completion">The answer; null while there is none.</param>
    /// <returns>The same.</returns>
    public ChatCompletion? Keep(ChatCompletion? completion)
    {
        if (_session is { } session && completion is not null)
        {
            session.Messages = [.. completion.Messages.Skip(_instructions)];
            session.Usage = session.Usage.Add(completion);
            session.LastUsed = DateTimeOffset.UtcNow;
        }

        return completion;
    }

    public void Dispose()
    {
        if (_session is not null)
        {
            Interlocked.Exchange(ref Busy.GetOrCreateValue(_session).Value, 0);
        }
    }
}
