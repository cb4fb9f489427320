namespace ChatPS.Client.Faults;

/// <summary>One row of the vendors' words.</summary>
/// <param name="means">What it means.</param>
/// <param name="seen">What in answer or host shows that it is this vendor; none for words that nobody else uses otherwise.</param>
/// <param name="statuses">The statuses that it comes under; none for all.</param>
/// <param name="codes">The codes or types, one of which it has; none for any. A * stands for anything at the start or the end.</param>
/// <param name="words">The words, one of which are in its text; none for any. See <see cref="Wording"/>.</param>
internal sealed class VendorWord(string means, string[] seen, StatusRange[] statuses, string[] codes, string[] words)
{
    /// <summary>Gets what it means.</summary>
    public string Means => means;

    /// <summary>Whether it is what a service said.</summary>
    /// <param name="said">What the service said.</param>
    /// <returns>Whether status, code and words fit.</returns>
    public bool Fits(SaidFailure said)
    {
        // Too many in a minute is never too long, whatever words a service has for it.
        if (means == ErrorIds.ContextTooLong && said.Status == 429)
        {
            return false;
        }

        return (statuses.Length == 0 || Array.Exists(statuses, range => range.Holds(said.Status)))
            && (codes.Length == 0 || Array.Exists(codes, code => IsCode(said.Code, code) || IsCode(said.Type, code)))
            && (seen.Length == 0 || Array.Exists(seen, sign => Contains(said.Body, sign) || Contains(said.Host, sign)))
            && (words.Length == 0 || Array.Exists(words, phrase => Wording.IsIn(said.Message, phrase)));
    }

    private static bool IsCode(string? said, string code)
    {
        if (said is null)
        {
            return false;
        }

        bool isOpenAhead = code[0] == '*';
        bool isOpenBehind = code[code.Length - 1] == '*';
        string core = code.Trim('*');
        return (isOpenAhead, isOpenBehind) switch
        {
            (true, true) => Contains(said, core),
            (true, false) => said.EndsWith(core, StringComparison.OrdinalIgnoreCase),
            (false, true) => said.StartsWith(core, StringComparison.OrdinalIgnoreCase),
            _ => string.Equals(said, core, StringComparison.OrdinalIgnoreCase),
        };
    }

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
