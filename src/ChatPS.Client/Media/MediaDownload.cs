using System.Collections.Concurrent;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Media;

/// <summary>
/// Fetches what the addresses in a service's answers lead to. The key goes to the service's own origin only; every other host is
/// called without anything that tells who is asking, and not at all where the address leads into a private network.
/// </summary>
internal sealed class MediaDownload(ServiceConnection connection) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<ServiceConnection>> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds what fetches for a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The same for each call.</returns>
    public static MediaDownload Of(ServiceConnection connection) => connection.Service(static connection => new MediaDownload(connection));

    /// <summary>Copies what an address leads to. What breaks off is gone on with where it broke off.</summary>
    /// <param name="url">The address.</param>
    /// <param name="target">Where it goes: an empty stream that can seek.</param>
    /// <param name="maxBytes">The most bytes to take.</param>
    /// <param name="settings">What calls to the service itself do otherwise; other hosts hear only of time limit and retries.</param>
    /// <param name="progress">Hears how many bytes have come, and of how many; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The media type of what came, as the host says; null if it does not.</returns>
    /// <exception cref="ChatServiceException">It could not be had whole, or the address may not be called; it says why.</exception>
    public async Task<string?> CopyAsync(string url, Stream target, long maxBytes, CallSettings settings, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        Uri address = Parse(url);
        for (int hops = 0; ; hops++)
        {
            bool isOwn = IsOwn(address);
            ServiceConnection host = isOwn ? connection : await HostAsync(address);
            Uri? next = null;
            try
            {
                return await Download.CopyAsync(host, isOwn ? settings : Bare(settings), OpenAsync, target, maxBytes, progress, cancellationToken);
            }
            catch (ChatServiceException) when (next is not null && hops < Redirect.MostHops)
            {
                address = Follow(address, next);
            }
            catch (ChatServiceException failure) when (IsOfLink(failure, isOwn))
            {
                throw DeadLink(address, failure);
            }

            async Task<HttpResponseMessage> OpenAsync(string? range, string? ifRange, CallContext call, CancellationToken token)
            {
                HttpResponseMessage response = await host.FetchAsync(address, range, ifRange, call, token);
                next = (int)response.StatusCode is >= 300 and < 400 ? Redirect.Location(response.Headers, address) : null;
                return response;
            }
        }
    }

    /// <summary>Closes the connections to other hosts.</summary>
    public void Dispose()
    {
        foreach (Lazy<ServiceConnection> host in _hosts.Values.Where(host => host.IsValueCreated))
        {
            host.Value.Dispose();
        }
    }

    private static Uri Parse(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && IsWeb(address)
        ? address
        : throw Failures.Invalid($"'{Printable.Line(url, 100)}' is no address of the web.", "Only http and https are fetched.");

    private static Uri Follow(Uri from, Uri next) => IsWeb(next) && !(from.Scheme == "https" && next.Scheme == "http")
        ? next
        : throw new ChatServiceException(
            ErrorIds.BadResponse, $"{from.Host} sends the download on to an address of the kind {next.Scheme}:, which is not followed from {from.Scheme}:.", "Fetch it by another way if you trust it.");

    // Neither the connection nor its key is at fault; another host has never seen them.
    private static bool IsOfLink(ChatServiceException failure, bool isOwn) => failure.StatusCode is 404 or 410
        || (!isOwn && failure is { StatusCode: not 407, ErrorId: ErrorIds.AuthenticationFailed or ErrorIds.QuotaExceeded or ErrorIds.ConnectionFailed });

    private static ChatServiceException DeadLink(Uri address, ChatServiceException failure) => new(
        failure.ErrorId == ErrorIds.ConnectionFailed ? failure.ErrorId : ErrorIds.InvalidRequest,
        $"The link {Printable.Line(address.GetLeftPart(UriPartial.Path), 200)} leads to nothing: {failure.Message}",
        failure.ErrorId == ErrorIds.ConnectionFailed
            ? "Check whether the host of the link is right and can be reached from here. The connection is not at fault."
            : "Links of services are good for a short time only, and models make some up. Ask again, and save the result at once. The connection is not at fault.",
        failure)
    {
        StatusCode = failure.StatusCode,
    };

    private static bool IsWeb(Uri address) => address.Scheme is "http" or "https" && address.Host.Length > 0 && address.UserInfo.Length == 0;

    private static CallSettings Bare(CallSettings settings) => new()
    {
        Timeout = settings.Timeout,
        MaxRetry = settings.MaxRetry,
        Verbose = settings.Verbose,
        Watch = settings.Watch,
        Warning = settings.Warning,
    };

    private bool IsOwn(Uri address)
    {
        Uri own = connection.Settings.BaseUri;
        return address.Scheme == own.Scheme && address.Port == own.Port && string.Equals(address.IdnHost, own.IdnHost, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<ServiceConnection> HostAsync(Uri address)
    {
        ConnectionSettings settings = PlainHost.Of(address, connection.Settings);
        if (settings.PublicOnly)
        {
            await PublicAddress.RequireAsync(address);
        }

        return _hosts.GetOrAdd(address.GetLeftPart(UriPartial.Authority), _ => new Lazy<ServiceConnection>(() => new ServiceConnection(settings))).Value;
    }
}
