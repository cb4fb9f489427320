using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>Signs thoughts, and finds out whether they came back as they went.</summary>
internal static class ThoughtSeal
{
    private const string Begin = "sig_sandbox_";

    /// <summary>Signs a thought.</summary>
    /// <param name="thought">What is told of it; empty where it is omitted.</param>
    /// <returns>The signature.</returns>
    public static string Of(string thought)
    {
        using SHA256 hash = SHA256.Create();
        return Begin + string.Concat(hash.ComputeHash(Encoding.UTF8.GetBytes(thought)).Take(8).Select(static part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>Refuses a thought that is not the model's own.</summary>
    /// <param name="block">The block.</param>
    public static void Check(Input block)
    {
        string thought = block.Only("type", "thinking", "signature").RequiredText("thinking");
        string signature = block.RequiredText("signature");
        if (!signature.StartsWith(Begin, StringComparison.Ordinal))
        {
            throw block.Refuse("", "Invalid `signature` in `thinking` block");
        }

        if (signature != Of(thought))
        {
            throw block.Refuse("", "`thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.");
        }
    }

    /// <summary>The same for a thought that is hidden.</summary>
    /// <param name="block">The block.</param>
    public static void CheckHidden(Input block)
    {
        if (!block.Only("type", "data").RequiredText("data").StartsWith(Begin, StringComparison.Ordinal))
        {
            throw block.Refuse("", "Invalid `data` in `redacted_thinking` block");
        }
    }
}
