using System.Net;
using ChatPS.Client.Faults;
using ChatPS.Secrecy;

namespace ChatPS.Client.Connections;

/// <summary>Turns what users give as an address into the one that paths such as <c>/chat/completions</c> are added to.</summary>
public static class BaseAddress
{
    /// <summary>OpenAI's own address.</summary>
    public static readonly Uri OpenAI = ConnectionOptions.DefaultBaseUri;

    /// <summary>
    /// Takes an address with or without a version, a trailing slash or the endpoint that a vendor's page shows behind it.
    /// The dialect's version, such as <c>/v1</c>, is added where the path names neither a version nor an endpoint.
    /// </summary>
    /// <param name="value">The address.</param>
    /// <param name="origin">What it was given to, for the error: a parameter or a variable.</param>
    /// <param name="dialect">How the service is spoken to.</param>
    /// <returns>The address without a trailing slash.</returns>
    /// <exception cref="ChatServiceException">It is no HTTP address, or it holds a query or credentials.</exception>
    public static Uri Parse(string value, string origin, Dialect dialect) => Read(value, origin, dialect).BaseUri;

    /// <summary>Takes an address as <see cref="Parse"/> does, with what else it says.</summary>
    /// <param name="value">The address.</param>
    /// <param name="origin">What it was given to, for the error: a parameter or a variable.</param>
    /// <param name="dialect">How the service is spoken to.</param>
    /// <param name="apiVersion">The version of the API, for services whose requests name one; null for what the address says.</param>
    /// <returns>The address and what it names.</returns>
    /// <exception cref="ChatServiceException">It is no HTTP address, or it holds a query or credentials.</exception>
    public static ServiceAddress Read(string value, string origin, Dialect dialect, string? apiVersion = null)
    {
        string text = value.Trim();
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            throw KeyShapes.IsLikely(text)
                ? Failures.Invalid($"{origin}: what was given is no address. It is not repeated here, since it looks like a key.", "Give the key with -ApiKey, and the address with -BaseUri.")
                : Failures.Invalid($"{origin}: the address '{text}' has no scheme.", $"Write https://{text}, or http://{text} for a server on this machine.");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            throw Failures.Invalid($"{origin}: '{text}' is not an HTTP address.", "Write it like https://api.example.com/v1.");
        }

        if (uri.UserInfo.Length > 0 || (uri.Query.Length > 0 && !dialect.Takes(uri.Query)) || uri.Fragment.Length > 0)
        {
            // The address itself is not repeated: it may hold a key.
            throw Failures.Invalid(
                $"{origin}: the address of {uri.Host} holds a query, a fragment or credentials.",
                "Give the key to -ApiKey and extra query fields to -AdditionalQuery of each command.");
        }

        return dialect.Locate(uri, apiVersion);
    }

    /// <summary>The address of a dialect at a host.</summary>
    /// <param name="uri">Any address of the host.</param>
    /// <param name="dialect">The dialect.</param>
    /// <returns>The address that the dialect's paths are added to.</returns>
    public static ServiceAddress OfHost(Uri uri, Dialect dialect) => dialect.Locate(new Uri(uri.GetLeftPart(UriPartial.Authority)), apiVersion: null);

    /// <summary>
    /// Whether the address is on this machine. Names that only look like it, such as localhost.example.com, are not; nor are
    /// <c>localhost.</c> and names below it, which some systems look up elsewhere.
    /// </summary>
    /// <param name="uri">The address.</param>
    /// <returns>Whether nothing can listen in on the way.</returns>
    public static bool IsLoopback(Uri uri) =>
        string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    /// <summary>Whether a path names a version, such as <c>/v1</c> or <c>/api/v4</c>.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether a step of it is a version.</returns>
    internal static bool HasVersion(string path) => Array.Exists(path.Split('/'), IsVersion);

    /// <summary>Finds where the paths of a host begin that stand beside its version.</summary>
    /// <param name="uri">A base address.</param>
    /// <returns>The address up to the version, if its path has one.</returns>
    internal static Uri BeforeVersion(Uri uri)
    {
        string[] steps = uri.AbsolutePath.TrimEnd('/').Split('/');
        int version = Array.FindIndex(steps, IsVersion);
        return new Uri(uri.GetLeftPart(UriPartial.Authority) + string.Join("/", version < 0 ? steps : steps.Take(version)));
    }

    private static bool IsVersion(string segment) => segment.Length > 1 && segment[0] is 'v' or 'V' && segment[1] is >= '0' and <= '9';
}
