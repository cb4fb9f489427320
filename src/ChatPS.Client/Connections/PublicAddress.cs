using System.Net;
using System.Net.Sockets;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Connections;

/// <summary>Tells the public internet from what lies within a network: an address in a service's answer must not lead there.</summary>
internal static class PublicAddress
{
    /// <summary>Whether an address is one of this machine, of a private network, or of no host at all.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsInternal(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork ? IsInternal(bytes, 0) : bytes switch
        {
            // Addresses of the old kind within the new one: as they are, behind NAT64, and in 6to4.
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, ..] or [0, 0x64, 0xFF, 0x9B, ..] => IsInternal(bytes, 12),
            [0x20, 0x02, ..] => IsInternal(bytes, 2),

            // Of the new kind only 2000::/3 is public, and of that not what is kept for examples.
            [0x20, 0x01, 0x0D, 0xB8, ..] => true,
            _ => (bytes[0] & 0xE0) != 0x20,
        };
    }

    /// <summary>Makes sure that an address leads to the public internet. A name that cannot be looked up here may be known to a proxy.</summary>
    /// <param name="uri">The address.</param>
    /// <returns>Done when it is known.</returns>
    /// <exception cref="ChatServiceException">It leads elsewhere.</exception>
    public static async Task RequireAsync(Uri uri)
    {
        foreach (IPAddress address in await FindAsync(uri.IdnHost.Trim('[', ']')))
        {
            if (IsInternal(address))
            {
                throw Refused(uri.Host);
            }
        }
    }

    /// <summary>Says that an address is not called.</summary>
    /// <param name="host">Its host.</param>
    /// <returns>The failure.</returns>
    public static ChatServiceException Refused(string host) => Failures.Invalid(
        $"The address at {ParameterRules.OnOneLine(host)} leads to this machine or into a private network, and a service on the internet named it. It was not called.",
        "Fetch it by another way if you trust it. Addresses of the service's own host are called.");

#if NET8_0_OR_GREATER
    /// <summary>Connects to a host, unless its name leads to an internal address at that moment. A proxy may be anywhere.</summary>
    /// <param name="context">What is to be connected.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The connection.</returns>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        bool isProxy = !string.Equals(context.DnsEndPoint.Host, context.InitialRequestMessage.RequestUri!.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (!isProxy && Array.Exists(addresses, IsInternal))
        {
            throw Refused(context.DnsEndPoint.Host);
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
#endif

    private static async Task<IPAddress[]> FindAsync(string host)
    {
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return [address];
        }

        try
        {
            return await Dns.GetHostAddressesAsync(host);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            return [];
        }
    }

    private static bool IsInternal(byte[] bytes, int at) => (bytes[at], bytes[at + 1]) switch
    {
        (0 or 10 or 127 or >= 224, _) => true,
        (100, >= 64 and <= 127) => true,
        (169, 254) or (192, 168) => true,
        (172, >= 16 and <= 31) => true,
        (192, 0) => bytes[at + 2] is 0 or 2,
        (198, 18 or 19) => true,
        _ => false,
    };
}
