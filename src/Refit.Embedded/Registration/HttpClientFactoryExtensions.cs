using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Refit;

/// <summary>Registers clients with the HTTP client factory.</summary>
internal static class HttpClientFactoryExtensions
{
    /// <summary>Registers a client.</summary>
    public static IHttpClientBuilder AddRefitClient<T>(this IServiceCollection services, RefitSettings? settings = null)
        where T : class => services.AddRefitClient(typeof(T), settings);

    /// <summary>Registers a client over a named <see cref="HttpClient"/>.</summary>
    public static IHttpClientBuilder AddRefitClient<T>(this IServiceCollection services, Func<IServiceProvider, RefitSettings?>? settingsAction, string? httpClientName = null)
        where T : class => services.AddRefitClient(typeof(T), settingsAction, httpClientName);

    /// <inheritdoc cref="AddRefitClient{T}(IServiceCollection, RefitSettings?)"/>
    public static IHttpClientBuilder AddRefitClient(this IServiceCollection services, Type refitInterfaceType, RefitSettings? settings = null) =>
        services.AddRefitClient(refitInterfaceType, _ => settings, httpClientName: null);

    /// <inheritdoc cref="AddRefitClient{T}(IServiceCollection, Func{IServiceProvider, RefitSettings?}?, string?)"/>
    public static IHttpClientBuilder AddRefitClient(this IServiceCollection services, Type refitInterfaceType, Func<IServiceProvider, RefitSettings?>? settingsAction, string? httpClientName = null)
    {
        object registration = new();
        string name = httpClientName ?? refitInterfaceType.FullName!;
        services.TryAddSingleton<ClientSettings>();
        services.AddTransient(refitInterfaceType, provider => RestService.For(
            refitInterfaceType,
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(name),
            GetSettings(provider)));
        return services.AddHttpClient(name).ConfigureHttpMessageHandlerBuilder(builder =>
        {
            if (RestService.CreateHandler(GetSettings(builder.Services)) is { } handler)
            {
                builder.PrimaryHandler = handler;
            }
        });

        RefitSettings GetSettings(IServiceProvider provider) => provider.GetRequiredService<ClientSettings>().Get(registration, settingsAction);
    }
}
