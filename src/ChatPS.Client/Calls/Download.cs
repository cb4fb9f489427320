using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using ChatPS.Api.Errors;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Calls;

/// <summary>
/// Fetches a body of any size, such as a file or a film, and goes on where it broke off. An attempt that gets no further than those
/// before counts as a retry; of many in a row that bring next to nothing one is the last.
/// </summary>
internal static class Download
{
    private const int BufferSize = 64 * 1024;

    // How often in a row so little may come.
    private const int LittleGain = BufferSize;
    private const int MostLittleGains = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Opens the body, from a place on where it is not the beginning.</summary>
    /// <param name="range">The value of the header <c>Range</c>; null for all of it.</param>
    /// <param name="ifRange">The value of the header <c>If-Range</c>; null for none.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer, which is read here.</returns>
    public delegate Task<HttpResponseMessage> Open(string? range, string? ifRange, CallContext call, CancellationToken cancellationToken);

    /// <summary>Copies the body.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What the calls do otherwise. The time limit is that of one silence.</param>
    /// <param name="open">Opens the body.</param>
    /// <param name="target">Where it goes: an empty stream that can seek.</param>
    /// <param name="maxBytes">The most bytes to take.</param>
    /// <param name="progress">Hears how many bytes have come, and of how many, where the service tells; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The media type of what came, as the service says; null if it does not.</returns>
    /// <exception cref="ChatServiceException">The body could not be had whole; it says why.</exception>
    public static async Task<string?> CopyAsync(
        ServiceConnection connection, CallSettings settings, Open open, Stream target, long maxBytes, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        string? version = null;
        long? length = null;
        long furthest = 0;
        int idle = 0;
        int little = 0;
        while (true)
        {
            long before = target.Position;
            bool goesOn = false;
            using CallContext call = connection.Begin(settings, cancellationToken);
            try
            {
                string? range = version is null || before == 0 ? null : FormattableString.Invariant($"bytes={before}-");
                using HttpResponseMessage response = await connection.OpenAsync(call, (context, token) => open(range, range is null ? null : version, context, token));
                if (response.StatusCode == HttpStatusCode.PartialContent)
                {
                    RequireSame(response, before, version, length);
                }
                else
                {
                    // It has changed meanwhile, or the service gives all or nothing.
                    target.SetLength(0);
                    target.Position = 0;
                }

                long? total = response.Content.Headers.ContentRange?.Length ?? target.Position + (response.Content as AnswerContent)?.AnnouncedBytes;
                length = total;

                // Without a length it may be packed on the way, and the bytes that came are not those that are counted there.
                version = total is not null && response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;
                goesOn = version is not null;
                await CopyAsync(response, call, target, maxBytes, taken => progress?.Invoke(taken, total));
                if (target.Position < total)
                {
                    throw new ChatServiceException(
                        ErrorIds.StreamTruncated,
                        FormattableString.Invariant($"The download broke off after {target.Position} of {total} bytes."),
                        "Try again; the service or the network ended it.");
                }

                call.Succeed(model: null);
                return response.Content.Headers.ContentType?.MediaType;
            }
            catch (ChatServiceException failure) when (goesOn && failure.ErrorId is ErrorIds.StreamTruncated or ErrorIds.ConnectionFailed or ErrorIds.Timeout)
            {
                long gain = target.Position - furthest;
                idle = gain > 0 ? 0 : idle + 1;
                little = gain >= LittleGain ? 0 : little + 1;
                if (idle > call.MaxRetry || little > MostLittleGains)
                {
                    throw;
                }

                furthest = Math.Max(furthest, target.Position);
                call.Verbose($"{failure.Message} Going on from byte {target.Position}.");
            }

            if (idle > 0 || little > 3)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    // Caches between answer for another file than was begun, or with another part of it.
    private static void RequireSame(HttpResponseMessage response, long before, string? version, long? length)
    {
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        if (range?.From != before || (version is not null && response.Headers.ETag is { } tag && tag.Tag != version) || (range.Length is { } whole && length is { } expected && whole != expected))
        {
            throw new ChatServiceException(
                ErrorIds.BadResponse, "The download broke off, and the service goes on with another part or another version of the file.", "Try again; the file is fetched from its beginning.");
        }
    }

    private static async Task CopyAsync(HttpResponseMessage response, CallContext call, Stream target, long maxBytes, Action<long> taken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
#if NET8_0_OR_GREATER
            using Stream body = new LivenessStream(await response.Content.ReadAsStreamAsync(call.Token), call.Deadline, maxBytes - target.Position);
#else
            using Stream body = new LivenessStream(await response.Content.ReadAsStreamAsync(), call.Deadline, maxBytes - target.Position);

            // A read in progress does not look at the token, but ends when its answer is gone.
            using CancellationTokenRegistration hangUp = call.Token.Register(static state => ((HttpResponseMessage)state!).Dispose(), response);
#endif
            int read;
            while ((read = await body.ReadAsync(buffer.AsMemory(), call.Token)) > 0)
            {
                target.Write(buffer, 0, read);
                taken(target.Position);
            }

            call.Token.ThrowIfCancellationRequested();
        }
        catch (AnswerTooLargeException)
        {
            throw new ChatServiceException(
                ErrorIds.BadResponse, FormattableString.Invariant($"The file is larger than {maxBytes} bytes."), "Allow more, if you trust the service.");
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
