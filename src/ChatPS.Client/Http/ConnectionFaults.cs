using System.Net.Sockets;
using System.Security.Authentication;

namespace ChatPS.Client;

/// <summary>Looks behind the exceptions of a connection that did not come about or broke.</summary>
internal static class ConnectionFaults
{
    /// <summary>Whether the fault will be there the next time, too: an unknown host, a certificate that is not trusted.</summary>
    /// <param name="exception">What sending threw.</param>
    /// <returns>Whether to spare the retry.</returns>
    public static bool IsPermanent(Exception exception) =>
        Find<AuthenticationException>(exception) is not null
        || Find<SocketException>(exception) is { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData };

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
