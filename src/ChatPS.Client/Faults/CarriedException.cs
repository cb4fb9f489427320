using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text.Json;

namespace ChatPS.Client.Faults;

/// <summary>
/// What a failure may carry as its cause. Exceptions of HTTP libraries hold requests, answers, headers and addresses, and with
/// them keys, which PowerShell shows with everything else: only those of a kind that holds words alone are carried.
/// </summary>
public static class CarriedException
{
    /// <summary>Finds the part of a chain of causes that can be carried.</summary>
    /// <param name="exception">The chain.</param>
    /// <returns>The longest end of it that holds words alone; null if there is none.</returns>
    public static Exception? Of(Exception? exception)
    {
        Exception? carried = exception;
        for (; exception is not null; exception = exception.InnerException)
        {
            if (!HoldsWordsAlone(exception))
            {
                carried = exception.InnerException;
            }
        }

        return carried;
    }

    private static bool HoldsWordsAlone(Exception exception) => exception.Data.Count == 0 && exception is not WebException && (exception
        is ChatServiceException
        or HttpRequestException or IOException or SocketException or AuthenticationException or TimeoutException or OperationCanceledException
        or InvalidDataException or FormatException or ArithmeticException or ArgumentException or InvalidCastException
        or InvalidOperationException or NotSupportedException or NullReferenceException or IndexOutOfRangeException or KeyNotFoundException
        or OutOfMemoryException or UnauthorizedAccessException or CryptographicException or ExternalException
        || (exception is JsonException && exception.GetType() == typeof(JsonException))
        || exception.GetType() == typeof(Exception));
}
