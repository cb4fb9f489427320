using ChatPS.Client.Calls;

namespace ChatPS.Client.BatchRequests;

/// <summary>How a connection comes to its batches.</summary>
public static class BatchAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>Batches.</summary>
        public BatchService Batches => connection.Service(static connection => new BatchService(connection));
    }
}
