using System.Globalization;
using System.Net;

namespace ChatPS.Sandbox.Http;

/// <summary>
/// Whom the server answers: those who call it by its own name. A web page whose name was made to lead to this machine calls it
/// by the page's name.
/// </summary>
internal static class HostRules
{
    /// <summary>Looks at whom a request is for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="port">The port that the server listens on.</param>
    /// <exception cref="HttpProtocolException">It is for somebody else.</exception>
    public static void Check(HttpRequest request, int port)
    {
        // Before HTTP/1.1 a request need not say so, and through a proxy it is for others. No page can have a browser ask so.
        if (!request.IsForProxy && request.Header("Host") is { } host && !IsOwn(host, port))
        {
            throw new HttpProtocolException(421, "This server answers to localhost and 127.0.0.1 only, and to its own port.");
        }
    }

    private static bool IsOwn(string host, int port)
    {
        int colon = host.LastIndexOf(':');
        bool hasPort = colon > host.LastIndexOf(']');
        string name = hasPort ? host.Substring(0, colon) : host;
        bool isLoopback = name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
        return isLoopback && (!hasPort || host.Substring(colon + 1) == port.ToString(CultureInfo.InvariantCulture));
    }
}
