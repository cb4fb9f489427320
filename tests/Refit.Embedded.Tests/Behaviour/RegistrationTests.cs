using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace Refit.Behaviour;

public sealed class RegistrationTests : BehaviourTest
{
    [Fact]
    public async Task AddRefitClient_Settings_MakesAClient()
    {
        ServiceCollection services = new();
        services.AddRefitClient<IResponseApi>(CreateSettings()).ConfigureHttpClient(client => client.BaseAddress = Server.BaseAddress);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IResponseApi>().NothingAsync();

        Assert.Equal("/r", Server.Request.Target);
    }

    [Fact]
    public async Task AddRefitClient_SharedName_SharesTheHttpClientAndAsksForSettingsOnce()
    {
        int asked = 0;
        ServiceCollection services = new();
        services.AddRefitClient<IResponseApi>(GetSettings, "shared");
        services.AddRefitClient<IPathApi>(_ => CreateSettings(), "shared");
        services.AddHttpClient("shared").ConfigureHttpClient(client => client.BaseAddress = new Uri(Server.BaseAddress, "/v1"));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IResponseApi>().NothingAsync();
        await provider.GetRequiredService<IResponseApi>().NothingAsync();
        await provider.GetRequiredService<IPathApi>().PlainAsync();

        Assert.Equal(["/v1/r", "/v1/r", "/v1/plain"], Server.Requests.Select(request => request.Target));
        Assert.Equal(1, asked);

        RefitSettings GetSettings(IServiceProvider _)
        {
            asked++;
            return CreateSettings();
        }
    }

    [Fact]
    public async Task AddRefitClient_EachResolve_GivesANewClient()
    {
        ServiceCollection services = new();
        services.AddRefitClient<IResponseApi>(CreateSettings());
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.NotSame(provider.GetRequiredService<IResponseApi>(), provider.GetRequiredService<IResponseApi>());
    }

    [Fact]
    public async Task AddRefitClient_Type_MakesAClient()
    {
        ServiceCollection services = new();
        services.AddRefitClient(typeof(IPathApi), _ => CreateSettings(), "typed").ConfigureHttpClient(client => client.BaseAddress = Server.BaseAddress);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await ((IPathApi)provider.GetRequiredService(typeof(IPathApi))).PlainAsync();

        Assert.Equal("/plain", Server.Request.Target);
    }

    [Fact]
    public async Task AddRefitClient_HandlerAndCredentialOfTheSettings_AreUsed()
    {
        CapturingHandler handler = new();
        RefitSettings settings = CreateSettings();
        settings.HttpMessageHandlerFactory = () => handler;
        settings.AuthorizationHeaderValueGetter = async (_, _) => await Task.FromResult("sk-test-3");
        ServiceCollection services = new();
        services.AddRefitClient<IHeaderApi>(settings).ConfigureHttpClient(client => client.BaseAddress = Server.BaseAddress);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IHeaderApi>().AskedAsync();

        Assert.Equal("Bearer sk-test-3", Server.Request["Authorization"]);
        Assert.NotEmpty(handler.Options);
    }

    [Fact]
    public void For_NoRefitInterface_Throws() =>
        Assert.Throws<InvalidOperationException>(() => RestService.For<IDisposable>(Server.BaseAddress.ToString()));

    [Fact]
    public void For_EmptyAddress_Throws() => Assert.Throws<ArgumentException>(() => RestService.For<IPathApi>(" "));

    [Fact]
    public async Task For_Type_MakesAClient()
    {
        object client = RestService.For(typeof(IPathApi), Server.BaseAddress.ToString(), CreateSettings());

        await ((IPathApi)client).PlainAsync();

        Assert.Equal("/plain", Server.Request.Target);
    }
}
