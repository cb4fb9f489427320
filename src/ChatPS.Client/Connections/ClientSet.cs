using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace ChatPS.Client.Connections;

/// <summary>The Refit clients of a connection, which share its sockets and handlers.</summary>
internal sealed class ClientSet(IServiceCollection services, RefitSettings settings, string httpClientName)
{
    public void Add<TApi>()
        where TApi : class => services.AddRefitGeneratedClient<TApi>(settings, httpClientName);
}
