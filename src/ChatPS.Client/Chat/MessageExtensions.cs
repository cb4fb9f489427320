namespace ChatPS.Client.Chat;

internal static class MessageExtensions
{
    /// <summary>Whether a message says nothing.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it holds no more than empty text.</returns>
    public static bool IsEmpty(this ChatMessage message) => message.Content.All(part => part.Type == "text" && string.IsNullOrEmpty(part.Text));
}
