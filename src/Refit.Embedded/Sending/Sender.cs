namespace Refit;

/// <summary>Sends requests and turns answers into what the methods return.</summary>
internal static class Sender
{
    /// <summary>For <c>Task</c>: throws unless the answer is a success.</summary>
    public static async Task SendVoidAsync(RequestBuilder builder, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = builder.ToMessage();
        using HttpResponseMessage response = await SendAsync(builder, request, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        if (await GetFailureAsync(builder, response, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>For <c>Task&lt;HttpResponseMessage&gt;</c>: the answer whatever its status; the caller disposes it.</summary>
    public static async Task<HttpResponseMessage> SendForResponseAsync(RequestBuilder builder, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = builder.ToMessage();
        return await SendAsync(builder, request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>For <c>Task&lt;T&gt;</c>: the body, or an exception.</summary>
    public static async Task<T?> SendAsync<T>(RequestBuilder builder, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = builder.ToMessage();
        HttpResponseMessage response = await SendAsync(builder, request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (await GetFailureAsync(builder, response, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            // Not disposed: an exception of the user's own factory may still read it.
            throw failure;
        }

        bool live = ResponseBodies.IsLive<T>();
        try
        {
            return await ResponseBodies.ReadAsync<T>(response, builder.Client.Settings, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            live = false;
            if (await GetReadFailureAsync(builder, response, exception, cancellationToken).ConfigureAwait(false) is { } readFailure)
            {
                throw readFailure;
            }

            return default;
        }
        finally
        {
            if (!live)
            {
                response.Dispose();
            }
        }
    }

    /// <summary>For <c>Task&lt;IApiResponse&lt;T&gt;&gt;</c>: the answer with its body, or with what went wrong.</summary>
    public static async Task<ApiResponse<T>> SendForApiResponseAsync<T>(RequestBuilder builder, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = builder.ToMessage();
        HttpResponseMessage response = await SendAsync(builder, request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        T? content = default;
        Exception? failure = await GetFailureAsync(builder, response, cancellationToken).ConfigureAwait(false);
        if (failure is null)
        {
            try
            {
                content = await ResponseBodies.ReadAsync<T>(response, builder.Client.Settings, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                failure = await GetReadFailureAsync(builder, response, exception, cancellationToken).ConfigureAwait(false);
            }
        }

        if (!ResponseBodies.IsLive<T>())
        {
            response.Dispose();
        }

        return new ApiResponse<T>(response, content, builder.Client.Settings, failure as ApiException);
    }

    private static async Task<HttpResponseMessage> SendAsync(RequestBuilder builder, HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        // A content that knows its length is in memory already.
        if (builder.Buffered && request.Content!.Headers.ContentLength is null)
        {
            await request.Content.LoadIntoBufferAsync().ConfigureAwait(false);
        }

        return await builder.Client.Http.SendAsync(request, completion, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Exception?> GetFailureAsync(RequestBuilder builder, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // The factory takes no token.
        using CancellationTokenRegistration registration = ResponseBodies.DisposeWhenCancelled(response, cancellationToken);
        return await builder.Client.Settings.ExceptionFactory(response).ConfigureAwait(false);
    }

    private static async Task<Exception?> GetReadFailureAsync(RequestBuilder builder, HttpResponseMessage response, Exception exception, CancellationToken cancellationToken)
    {
        Exception cause = cancellationToken.IsCancellationRequested && exception is not OperationCanceledException
            ? new TaskCanceledException("The call was cancelled while its answer was read.", exception)
            : exception;
        RefitSettings settings = builder.Client.Settings;
        if (settings.DeserializationExceptionFactory is { } factory)
        {
            return await factory(response, cause).ConfigureAwait(false);
        }

        HttpRequestMessage request = response.RequestMessage!;
        return ApiException.CreateUnread("An error occured deserializing the response.", request, request.Method, response, settings, cause);
    }
}
