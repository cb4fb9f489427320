using System.Net;

namespace ChatPS.Client;

/// <summary>Turns what users give as an address into the one that paths such as <c>/chat/completions</c> are added to.</summary>
public static class BaseAddress
{
    /// <summary>OpenAI's own address.</summary>
    public static readonly Uri OpenAI = new("https://api.openai.com/v1");

    private static readonly string[] Endpoints = ["/chat/completions", "/completions", "/models", "/moderations"];

    /// <summary>
    /// Takes an address with or without a version, a trailing slash or the endpoint that a vendor's page shows behind it.
    /// <c>/v1</c> is added where the path names no version.
    /// </summary>
    /// <param name="value">The address.</param>
    /// <param name="origin">What it was given to, for the error: a parameter or a variable.</param>
    /// <returns>The address without a trailing slash.</returns>
    /// <exception cref="ChatServiceException">It is no HTTP address, or it holds a query or credentials.</exception>
    public static Uri Parse(string value, string origin)
    {
        string text = value.Trim();
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            throw Failures.Invalid(
                $"{origin}: the address '{text}' has no scheme.",
                $"Write https://{text}, or http://{text} for a server on this machine.");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            throw Failures.Invalid($"{origin}: '{text}' is not an HTTP address.", "Write it like https://api.example.com/v1.");
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            // The address itself is not repeated: it may hold a key.
            throw Failures.Invalid(
                $"{origin}: the address of {uri.Host} holds a query, a fragment or credentials.",
                "Give the key to -ApiKey and extra query fields to -AdditionalQuery of each command.");
        }

        string path = uri.AbsolutePath.TrimEnd('/');
        foreach (string endpoint in Endpoints)
        {
            if (path.EndsWith(endpoint, StringComparison.Ordinal))
            {
                path = path.Substring(0, path.Length - endpoint.Length);
                break;
            }
        }

        if (!Array.Exists(path.Split('/'), IsVersion))
        {
            path += "/v1";
        }

        return new Uri(uri.GetLeftPart(UriPartial.Authority) + path);
    }

    /// <summary>
    /// Whether the address is on this machine. Names that only look like it, such as localhost.example.com, are not; nor are
    /// <c>localhost.</c> and names below it, which some systems look up elsewhere.
    /// </summary>
    /// <param name="uri">The address.</param>
    /// <returns>Whether nothing can listen in on the way.</returns>
    public static bool IsLoopback(Uri uri) =>
        string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    private static bool IsVersion(string segment) => segment.Length > 1 && segment[0] is 'v' or 'V' && segment[1] is >= '0' and <= '9';
}
