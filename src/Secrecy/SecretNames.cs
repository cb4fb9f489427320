namespace ChatPS.Secrecy;

/// <summary>
/// What secrets are called, for headers, query fields and members alike. A name is read word by word, whichever way it is
/// written: <c>api_key</c>, <c>apiKey</c>, <c>X-Api-Key</c>, <c>api%2Dkey</c>. What it names is its last word:
/// <c>token_count</c> is a number, and <c>max_tokens</c> is not one token.
/// </summary>
internal static class SecretNames
{
    // Whatever stands before them.
    private static readonly string[] Always =
    [
        "password", "passwords", "passwd", "pwd", "passphrase", "passcode", "secret", "secrets", "credential", "credentials",
        "authorization", "auth", "apikey", "apikeys", "assertion", "bearer", "jwt", "cookie", "cookies",
    ];

    // Keys and tokens are many things. These are the ones that let somebody in.
    private static readonly string[] OfKeys =
    [
        "api", "access", "account", "admin", "app", "application", "auth", "authorization", "bearer", "bot", "client", "deploy", "developer",
        "device", "encryption", "goog", "id", "identity", "login", "management", "master", "mcp", "oauth", "personal", "private", "refresh",
        "sas", "secret", "security", "service", "session", "shared", "signing", "subject", "subscription", "user", "vault", "webhook",
        "anthropic", "azure", "claude", "gemini", "github", "gitlab", "google", "hf", "huggingface", "openai", "slack",
    ];

    // Written as one word, as in myapikey.
    private static readonly string[] Ends =
    [
        "password", "passwd", "passphrase", "apikey", "apitoken", "apisecret", "accesskey", "accesstoken", "authtoken", "bearertoken", "clientsecret",
        "privatekey", "refreshtoken", "secretkey", "sessiontoken", "idtoken", "credentials",
    ];

    // What may stand behind, and says nothing.
    private static readonly string[] Trailers = ["value", "header", "string", "text", "plain", "base64", "b64"];

    // In headers and queries any of these words is enough; there they name nothing else.
    private static readonly string[] OfFields = ["key", "token", "signature", "sig"];

    private static readonly string[] HarmlessInFields = ["idempotency", "cache", "public"];

    private static readonly string[] MeasuresInFields = ["count", "limit", "length", "size", "type", "version", "name", "url", "uri"];

    /// <summary>Whether a member of JSON, or of an object, holds a secret by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether its value must not be shown.</returns>
    public static bool IsMember(string name)
    {
        List<string> words = Words(name);
        int last = words.Count - 1;
        while (last > 0 && Has(Trailers, words[last]))
        {
            last--;
        }

        if (last < 0)
        {
            return false;
        }

        string word = words[last];
        return Has(Always, word)
            || (word is "key" or "keys" or "token" && last > 0 && Has(OfKeys, words[last - 1]))
            || Array.Exists(Ends, end => word.EndsWith(end, StringComparison.Ordinal));
    }

    /// <summary>Whether a name is that of many things, of which a secret is one: only the value can tell.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether to look at the value.</returns>
    public static bool IsDoubtful(string name) => Words(name) is [var only] && only is "key" or "token";

    /// <summary>Whether a header or a query field holds a secret by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether its value must not be shown.</returns>
    public static bool IsField(string name)
    {
        if (IsMember(name))
        {
            return true;
        }

        List<string> words = Words(name);
        return words.Count > 0
            && !Has(MeasuresInFields, words[words.Count - 1])
            && words.Exists(word => Has(OfFields, word) || Has(Always, word))
            && !words.Exists(word => Has(HarmlessInFields, word));
    }

    // Of camel case, of signs between words, and of escaped signs.
    private static List<string> Words(string name)
    {
        string text = name.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(name) : name;
        List<string> words = [];
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            bool isLetter = i < text.Length && char.IsLetterOrDigit(text[i]);
            bool begins = isLetter && i > start && char.IsUpper(text[i]) && (char.IsLower(text[i - 1]) || (i + 1 < text.Length && char.IsLower(text[i + 1])));
            if (isLetter && !begins)
            {
                continue;
            }

            // Key1 and Key2 are keys.
            string word = text.Substring(start, i - start).ToLowerInvariant();
            string bare = word.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            if (bare.Length > 0)
            {
                words.Add(word is "base64" or "b64" ? word : bare);
            }

            start = isLetter ? i : i + 1;
        }

        return words;
    }

    private static bool Has(string[] words, string word) => Array.IndexOf(words, word) >= 0;
}
