using ChatPS.Client.Calls;

namespace ChatPS.Client.Kept;

/// <summary>How a connection comes to what its service keeps.</summary>
public static class KeptAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>The chat completions that the service keeps.</summary>
        public StoredCompletionService StoredCompletions => connection.Service(static connection => new StoredCompletionService(connection));

        /// <summary>The responses that the service keeps or is at work on.</summary>
        public ResponseService Responses => connection.Service(static connection => new ResponseService(connection));
    }
}
