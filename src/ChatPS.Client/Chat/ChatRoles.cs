namespace ChatPS.Client.Chat;

/// <summary>The roles that a message can have.</summary>
public static class ChatRoles
{
    private static readonly string[] Names = ["developer", "system", "user", "assistant", "tool", "function"];

    /// <summary>Tells whether there is such a role.</summary>
    /// <param name="role">The role.</param>
    /// <returns>Whether services know it.</returns>
    public static bool Exists(string role) => Array.IndexOf(Names, role) >= 0;
}
