using ChatPS.Client.Calls;

namespace ChatPS.Client.Decisions;

/// <summary>How a connection comes to its decisions.</summary>
public static class DecisionAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>Typed questions, answered with probabilities.</summary>
        public DecisionService Decisions => connection.Service(static connection => new DecisionService(connection));
    }
}
