using ChatPS.Client.Connections;

namespace ChatPS.Client.Chat;

/// <summary>How a dialect comes to its chat.</summary>
internal static class ChatProtocolAccess
{
    extension(Dialect dialect)
    {
        /// <summary>Chat as the dialect speaks it; there is none without.</summary>
        public IChatProtocol Chat => dialect.Offer<IChatProtocol>()!;
    }
}
