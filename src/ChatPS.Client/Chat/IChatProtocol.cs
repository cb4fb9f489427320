using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Chat;

/// <summary>Chat as a dialect speaks it.</summary>
internal interface IChatProtocol
{
    /// <summary>Gets the properties of a request that have a place in the dialect, by their names. Any other is refused before anything is sent.</summary>
    IReadOnlyCollection<string> Supported { get; }

    /// <summary>Writes a request as it is sent, but for the key and the wish to stream.</summary>
    /// <param name="request">The request.</param>
    /// <param name="connection">The connection's settings.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The JSON in UTF-8.</returns>
    ArraySegment<byte> ToJson(ChatRequest request, ConnectionSettings connection, CallSettings settings);

    /// <summary>Gets an answer.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer.</returns>
    Task<ChatCompletion> AskAsync(ServiceConnection connection, ChatRequest request, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Loads what the first chat of a connection will need. Nothing is sent.</summary>
    /// <param name="connection">The connection.</param>
    void WarmUp(ServiceConnection connection);

    /// <summary>Reads an answer back.</summary>
    /// <param name="raw">The answer as it came; for a stream one line for each event.</param>
    /// <param name="isStream">Whether it came as a stream.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="Api.Errors.WireFormatException">The text is no answer.</exception>
    ChatCompletion Restore(string raw, bool isStream, ChatRequest request, IAnswerOrigin origin);
}
