using ChatPS.Client.Connections;

namespace ChatPS.Client.Decisions;

/// <summary>Asks a chat model in place of an endpoint for decisions.</summary>
internal interface IChatDecisions
{
    /// <summary>Gets where the answers come from.</summary>
    ChatDecisionMethod Method { get; }

    /// <summary>Asks all questions of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>What each call brought.</returns>
    Task<IReadOnlyList<DecisionPart>> AskAsync(DecisionRequest request, CallSettings settings, CancellationToken cancellationToken);
}
