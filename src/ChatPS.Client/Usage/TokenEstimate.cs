namespace ChatPS.Client;

/// <summary>About how many tokens a request has, before the service has counted them.</summary>
internal static class TokenEstimate
{
    // English text has about four bytes a token, other scripts fewer. Rather too many than too few: the estimate guards limits.
    private const int BytesPerToken = 3;

    /// <summary>Estimates the tokens of text or JSON.</summary>
    /// <param name="utf8Bytes">Its length in UTF-8.</param>
    /// <returns>The tokens, at least 1.</returns>
    public static int FromBytes(long utf8Bytes) => (int)Math.Min(int.MaxValue, Math.Max(1, (utf8Bytes + BytesPerToken - 1) / BytesPerToken));
}
