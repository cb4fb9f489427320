using System.Net.Sockets;
using System.Security.Authentication;

namespace ChatPS.Client.Calls;

/// <summary>Looks behind the exceptions of a connection that did not come about or broke.</summary>
internal static class ConnectionFailures
{
    /// <summary>Whether the fault will be there the next time, too: an unknown host, a certificate that is not trusted, a file that is not what it was.</summary>
    /// <param name="exception">What sending threw.</param>
    /// <returns>Whether to spare the retry.</returns>
    public static bool IsPermanent(Exception exception) =>
        Find<AuthenticationException>(exception) is not null
        || Find<ChangedFileException>(exception) is not null
        || Find<SocketException>(exception) is { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData };

    /// <summary>Whether the service cannot have heard of the request: nobody was there to take the connection.</summary>
    /// <param name="exception">What sending threw.</param>
    /// <returns>Whether it is safe to say so.</returns>
    public static bool IsUnsent(Exception exception) =>
        Find<SocketException>(exception) is { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable };

    /// <summary>Whether the connection did not come about, took too long to, broke, or was closed by us.</summary>
    /// <param name="exception">What sending or reading threw.</param>
    /// <returns>Whether the connection is at fault.</returns>
    public static bool IsBroken(Exception exception) =>
        Find<HttpRequestException>(exception) is not null
        || Find<IOException>(exception) is not null
        || Find<OperationCanceledException>(exception) is not null
        || Find<ObjectDisposedException>(exception) is not null;

    /// <summary>Whether the proxy did not let the connection through.</summary>
    /// <param name="exception">What sending threw.</param>
    /// <returns>Whether the proxy is at fault.</returns>
    public static bool IsTunnelRefused(Exception exception) =>
#if NET8_0_OR_GREATER
        Find<HttpRequestException>(exception) is { HttpRequestError: HttpRequestError.ProxyTunnelError };
#else
        Find<System.Net.WebException>(exception) is { Status: System.Net.WebExceptionStatus.RequestProhibitedByProxy or System.Net.WebExceptionStatus.ProxyNameResolutionFailure };
#endif

    public static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
            {
                return found;
            }
        }

        return null;
    }
}
