using System.Buffers;
using System.Net;
using ChatPS.Api.Errors;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Calls;

/// <summary>Fetches a body of any size, such as a file or a film, and goes on where it broke off.</summary>
internal static class Download
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Opens the body, from a place on where it is not the beginning.</summary>
    /// <param name="range">The value of the header <c>Range</c>; null for all of it.</param>
    /// <param name="ifRange">The value of the header <c>If-Range</c>; null for none.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer, which is read here.</returns>
    public delegate Task<HttpResponseMessage> Open(string? range, string? ifRange, CallContext call, CancellationToken cancellationToken);

    /// <summary>Copies the body. As long as each attempt brings something, what breaks off is gone on with.</summary>
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
        while (true)
        {
            long before = target.Position;
            using CallContext call = connection.Begin(settings, cancellationToken);
            try
            {
                string? range = version is null || before == 0 ? null : FormattableString.Invariant($"bytes={before}-");
                using HttpResponseMessage response = await connection.OpenAsync(call, (context, token) => open(range, range is null ? null : version, context, token));
                if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != before)
                {
                    // It has changed meanwhile, or the service gives all or nothing.
                    target.SetLength(0);
                    target.Position = 0;
                    before = 0;
                }

                long? total = response.Content.Headers.ContentRange?.Length ?? target.Position + (response.Content as AnswerContent)?.AnnouncedBytes;

                // Without a length it may be packed on the way, and the bytes that came are not those that are counted there.
                version = total is not null && response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;
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
            catch (ChatServiceException failure) when (version is not null && target.Position > before && failure.ErrorId is ErrorIds.StreamTruncated or ErrorIds.ConnectionFailed or ErrorIds.Timeout)
            {
                call.Verbose($"{failure.Message} Going on from byte {target.Position}.");
            }
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
