using System.Globalization;

namespace ChatPS.Sandbox.Kept;

/// <summary>The tokens that were given for identities, and how long each is good.</summary>
/// <param name="clock">The clock.</param>
/// <param name="lifetime">How long a token is good.</param>
internal sealed class IssuedTokens(Func<DateTimeOffset> clock, TimeSpan lifetime)
{
    private readonly Dictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    /// <summary>How long a token is good.</summary>
    public TimeSpan Lifetime => lifetime;

    /// <summary>Gives a token.</summary>
    public string Issue()
    {
        lock (_ends)
        {
            string token = string.Format(CultureInfo.InvariantCulture, "sk-test-token-{0:D6}", _ends.Count + 1);
            _ends[token] = clock() + lifetime;
            return token;
        }
    }

    /// <summary>Whether a token was given and is still good.</summary>
    public bool IsGood(string? token)
    {
        lock (_ends)
        {
            return token is not null && _ends.TryGetValue(token, out DateTimeOffset end) && clock() < end;
        }
    }
}
