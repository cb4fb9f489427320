namespace Refit;

/// <summary>Reads the bodies of answers.</summary>
internal static class ResponseBodies
{
    /// <summary>Whether <typeparamref name="T"/> still reads from the answer after the call, so that the caller disposes it.</summary>
    public static bool IsLive<T>() => typeof(T) == typeof(HttpResponseMessage) || typeof(T) == typeof(HttpContent) || typeof(T) == typeof(Stream);

    /// <summary>Stops what reads an answer without looking at the token: it cannot go on when the answer is gone.</summary>
    public static CancellationTokenRegistration DisposeWhenCancelled(HttpResponseMessage response, CancellationToken cancellationToken) =>
        cancellationToken.Register(static answer => ((HttpResponseMessage)answer!).Dispose(), response);

    /// <summary>Reads the body.</summary>
    public static async Task<T?> ReadAsync<T>(HttpResponseMessage response, RefitSettings settings, CancellationToken cancellationToken)
    {
#if !NET8_0_OR_GREATER
        using CancellationTokenRegistration registration = DisposeWhenCancelled(response, cancellationToken);
#endif
        HttpContent content = response.Content ?? new ByteArrayContent([]);
        if (typeof(T) == typeof(HttpResponseMessage))
        {
            return (T)(object)response;
        }

        if (typeof(T) == typeof(HttpContent))
        {
            return (T)(object)content;
        }

        if (typeof(T) == typeof(Stream))
        {
            return (T)(object)await OpenAsync(content, cancellationToken).ConfigureAwait(false);
        }

        if (typeof(T) == typeof(string))
        {
            using StreamReader reader = new(await OpenAsync(content, cancellationToken).ConfigureAwait(false));
#if NET8_0_OR_GREATER
            return (T)(object)await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
#else
            return (T)(object)await reader.ReadToEndAsync().ConfigureAwait(false);
#endif
        }

        return await settings.ContentSerializer.FromHttpContentAsync<T>(content, cancellationToken).ConfigureAwait(false);
    }

    private static Task<Stream> OpenAsync(HttpContent content, CancellationToken cancellationToken)
    {
#if NET8_0_OR_GREATER
        return content.ReadAsStreamAsync(cancellationToken);
#else
        cancellationToken.ThrowIfCancellationRequested();
        return content.ReadAsStreamAsync();
#endif
    }
}
