using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Chat;

/// <summary>Counts the tokens of chat requests where a dialect has an endpoint of its own for it.</summary>
internal interface ITokenCounter
{
    /// <summary>Counts the tokens that a request would take.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">The request, which is in order.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The tokens.</returns>
    Task<int> CountTokensAsync(ServiceConnection connection, ChatRequest request, string model, CallSettings settings, CancellationToken cancellationToken);
}
