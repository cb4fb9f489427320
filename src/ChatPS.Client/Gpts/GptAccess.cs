using ChatPS.Client.Calls;

namespace ChatPS.Client.Gpts;

/// <summary>How a connection comes to its store of GPTs.</summary>
public static class GptAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>The store of GPTs.</summary>
        public GptService Gpts => connection.Service(static connection => new GptService(connection));
    }
}
