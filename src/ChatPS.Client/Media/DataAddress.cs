namespace ChatPS.Client.Media;

/// <summary>Addresses that hold what they lead to: <c>data:image/png;base64,…</c>.</summary>
internal static class DataAddress
{
    private const string Scheme = "data:";
    private const string Base64 = ";base64";

    /// <summary>Whether an address is one.</summary>
    /// <param name="url">The address.</param>
    /// <returns>Whether it is.</returns>
    public static bool Is(string? url) => url?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads an address.</summary>
    /// <param name="url">The address.</param>
    /// <returns>The media type, as the address says it, and the bytes; null where it is no such address.</returns>
    public static (string MediaType, byte[] Data)? Read(string url)
    {
        int comma = url.IndexOf(',');
        if (!Is(url) || comma < 0)
        {
            return null;
        }

        string head = url.Substring(Scheme.Length, comma - Scheme.Length).Trim();
        string type = head.Split(';')[0].Trim().ToLowerInvariant();
        byte[]? data = head.EndsWith(Base64, StringComparison.OrdinalIgnoreCase)
            ? Decode(url.Substring(comma + 1))
            : System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.Substring(comma + 1)));
        return data is null ? null : (type.Length > 0 ? type : "text/plain", data);
    }

    /// <summary>Reads base64, whether or not it stands in an address.</summary>
    /// <param name="text">The text, also in the alphabet for addresses and without the signs at its end.</param>
    /// <returns>The bytes; null where it is something else.</returns>
    public static byte[]? Decode(string text)
    {
        if (Is(text))
        {
            return Read(text)?.Data;
        }

        string plain = text.IndexOfAny(['-', '_', '%']) < 0 ? text : Uri.UnescapeDataString(text).Replace('-', '+').Replace('_', '/');
        int missing = plain.Length % 4;
        try
        {
            return Convert.FromBase64String(missing is 2 or 3 ? plain.PadRight(plain.Length + 4 - missing, '=') : plain);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
