using ChatPS.Client.Calls;

namespace ChatPS.Client.Moderation;

/// <summary>How a connection comes to its moderations.</summary>
public static class ModerationAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>Moderations.</summary>
        public ModerationService Moderations => connection.Service(static connection => new ModerationService(connection));
    }
}
