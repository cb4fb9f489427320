using System.Text.Json;
using Refit;

namespace Refit.Behaviour;

/// <summary>A server and clients of it.</summary>
public abstract class BehaviourTest : IAsyncLifetime
{
    private readonly List<HttpClient> _clients = [];

    private protected LoopbackServer Server { get; } = new();

    private protected static RefitSettings CreateSettings() => new(CreateSerializer());

    private protected static SystemTextJsonContentSerializer CreateSerializer() =>
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = BehaviourJson.Default });

    private protected T Client<T>(RefitSettings? settings = null, string basePath = "", HttpMessageHandler? handler = null)
    {
        HttpClient client = handler is null ? new HttpClient() : new HttpClient(handler);
        client.BaseAddress = new Uri(Server.BaseAddress, basePath);
        _clients.Add(client);
        return RestService.For<T>(client, settings ?? CreateSettings());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Server.DisposeAsync();
    }
}
