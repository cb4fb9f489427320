using ChatPS.Client.Calls;

namespace ChatPS.Client.Text;

/// <summary>How a connection comes to its text completions.</summary>
public static class TextAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>Legacy text completions.</summary>
        public TextService Text => connection.Service(static connection => new TextService(connection));
    }
}
