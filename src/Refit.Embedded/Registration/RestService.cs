namespace Refit;

/// <summary>Makes clients.</summary>
internal static class RestService
{
    /// <summary>Makes a client over an <see cref="HttpClient"/>, whose base address must be set.</summary>
    public static T For<T>(HttpClient client) => For<T>(client, settings: null);

    /// <inheritdoc cref="For{T}(HttpClient)"/>
    public static T For<T>(HttpClient client, RefitSettings? settings) => (T)For(typeof(T), client, settings);

    /// <summary>Makes a client of a service.</summary>
    public static T For<T>(string hostUrl) => For<T>(hostUrl, settings: null);

    /// <inheritdoc cref="For{T}(string)"/>
    public static T For<T>(string hostUrl, RefitSettings? settings) => (T)For(typeof(T), hostUrl, settings);

    /// <inheritdoc cref="For{T}(HttpClient)"/>
    public static object For(Type refitInterfaceType, HttpClient client) => For(refitInterfaceType, client, settings: null);

    /// <inheritdoc cref="For{T}(HttpClient)"/>
    public static object For(Type refitInterfaceType, HttpClient client, RefitSettings? settings) =>
        GeneratedClients.Create(refitInterfaceType, client, settings ?? new RefitSettings());

    /// <inheritdoc cref="For{T}(string)"/>
    public static object For(Type refitInterfaceType, string hostUrl) => For(refitInterfaceType, hostUrl, settings: null);

    /// <inheritdoc cref="For{T}(string)"/>
    public static object For(Type refitInterfaceType, string hostUrl, RefitSettings? settings) =>
        For(refitInterfaceType, CreateHttpClient(hostUrl, settings), settings);

    /// <summary>Makes the <see cref="HttpClient"/> of a service.</summary>
    public static HttpClient CreateHttpClient(string hostUrl, RefitSettings? settings)
    {
        if (string.IsNullOrWhiteSpace(hostUrl))
        {
            throw new ArgumentException("The address of the service must not be empty.", nameof(hostUrl));
        }

        return new HttpClient(CreateHandler(settings) ?? new HttpClientHandler()) { BaseAddress = new Uri(hostUrl.TrimEnd('/')) };
    }

    internal static HttpMessageHandler? CreateHandler(RefitSettings? settings)
    {
        HttpMessageHandler? handler = settings?.HttpMessageHandlerFactory?.Invoke();
        return settings?.AuthorizationHeaderValueGetter is { } getter
            ? new AuthorizationHandler(getter, handler ?? new HttpClientHandler())
            : handler;
    }
}
