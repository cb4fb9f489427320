using ChatPS.Client.Calls;

namespace ChatPS.Client.Chat;

/// <summary>How a connection comes to its chat.</summary>
public static class ChatAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>Chat completions.</summary>
        public ChatService Chat => connection.Service(static connection => new ChatService(connection));

        /// <summary>
        /// Lets the thread pool load what the first chat needs, while its caller still gets ready. Whatever goes wrong shows in
        /// the chat itself.
        /// </summary>
        public void WarmUp() => _ = Task
            .Run(() => connection.Settings.Dialect.Chat.WarmUp(connection))
            .ContinueWith(static failed => _ = failed.Exception, TaskContinuationOptions.OnlyOnFaulted);
    }
}
