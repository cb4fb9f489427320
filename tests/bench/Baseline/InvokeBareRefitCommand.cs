using System.Management.Automation;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace ChatPS.Bench.Baseline;

/// <summary>Refit over <see cref="IHttpClientFactory"/>, as their own introductions show it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "BareRefit")]
[OutputType(typeof(Answer))]
public sealed class InvokeBareRefitCommand : BareCmdlet
{
    private static IBareChatApi? _api;

    private protected override Task<Response> AskAsync(Request request) => (_api ??= CreateApi(BaseUri)).CreateAsync(request);

    private static IBareChatApi CreateApi(Uri address)
    {
        ServiceCollection services = new();
        JsonSerializerOptions options = new() { TypeInfoResolver = WireContext.Default, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        services.AddRefitGeneratedClient<IBareChatApi>(new RefitSettings(new SystemTextJsonContentSerializer(options)))
            .ConfigureHttpClient(client => client.BaseAddress = address);
        return services.BuildServiceProvider().GetRequiredService<IBareChatApi>();
    }
}
