using ChatPS.Client.Calls;

namespace ChatPS.Client.Resources;

/// <summary>How a connection comes to the uniform things that its service keeps.</summary>
public static class ResourceAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>Vector stores, containers, conversations, skills and voices.</summary>
        public ResourceService Resources => connection.Service(static connection => new ResourceService(connection));
    }
}
