using ChatPS.Client.Calls;

namespace ChatPS.Client.ServiceFiles;

/// <summary>How a connection comes to the files that its service keeps.</summary>
public static class ServiceFileAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>The files that the service keeps.</summary>
        public ServiceFileStore ServiceFiles => connection.Service(static connection => new ServiceFileStore(connection));
    }
}
