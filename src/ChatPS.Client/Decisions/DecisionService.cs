using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;

namespace ChatPS.Client.Decisions;

/// <summary>Typed questions of one connection.</summary>
public sealed class DecisionService
{
    private readonly ServiceConnection _connection;

    internal DecisionService(ServiceConnection connection) => _connection = connection;

    /// <summary>Answers the questions of a request.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="plan">What the run keeps to.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The answers, in the order of the questions.</returns>
    /// <exception cref="ChatServiceException">There are none; it says why.</exception>
    public Task<ChatDecision> CompleteAsync(DecisionRequest request, CallSettings settings, RunPlan plan, CancellationToken cancellationToken) =>
        Task.FromException<ChatDecision>(Failures.Invalid($"{_connection.Settings.ServiceName} has no decisions (connection '{_connection.Settings.Name}').", "Name another connection with -Connection."));
}
