using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Chat;

/// <summary>Chat that can come piece by piece.</summary>
internal interface IChatStream
{
    /// <summary>Gets an answer piece by piece; the last piece carries the whole.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cameWhole">Told if the service answered whole all the same.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pieces.</returns>
    IAsyncEnumerable<ChatCompletionUpdate> AskForStreamAsync(ServiceConnection connection, ChatRequest request, CallSettings settings, Action cameWhole, CancellationToken cancellationToken);
}
