using ChatPS.Client.Calls;

namespace ChatPS.Client.Generations;

/// <summary>How a connection comes to its long generations.</summary>
public static class GenerationAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>Long generations.</summary>
        public GenerationService Generations => connection.Service(static connection => new GenerationService(connection, KnownGenerations.All));
    }
}
