using System.Net;
using Refit;

namespace Refit.Behaviour;

public sealed class OptionsTests : BehaviourTest, IDisposable
{
    private readonly CapturingHandler _handler = new();

    [Fact]
    public async Task Options_Properties_AreUnderTheirKeysAndNotSent()
    {
        object call = new();

        await Client<IOptionsApi>(handler: _handler).GetAsync("1", call, 7);

        Assert.Same(call, _handler.Options["call"]);
        Assert.Equal(7, _handler.Options["number"]);
        Assert.Equal("/o/1", Server.Request.Target);
    }

    [Fact]
    public async Task Options_NullProperty_IsThere()
    {
        await Client<IOptionsApi>(handler: _handler).GetAsync("1", null, 7);

        Assert.Null(Assert.Contains("call", (IReadOnlyDictionary<string, object?>)_handler.Options));
    }

    [Fact]
    public async Task Options_EachRequest_TellsItsInterfaceAndMethod()
    {
        await Client<IOptionsApi>(handler: _handler).GetAsync("1", null, 7);

        Assert.Equal(typeof(IOptionsApi), _handler.Options["Refit.InterfaceType"]);
        RestMethodInfo method = Assert.IsType<RestMethodInfo>(_handler.Options["Refit.RestMethodInfo"]);
        Assert.Equal(nameof(IOptionsApi.GetAsync), method.Name);
        Assert.Equal("/o/{id}", method.RelativePath);
    }

    [Fact]
    public async Task Options_OfTheSettings_AreCarried()
    {
        RefitSettings settings = CreateSettings();
        settings.HttpRequestMessageOptions = new Dictionary<string, object> { ["shared"] = "x" };

        await Client<IOptionsApi>(settings, handler: _handler).GetAsync("1", null, 7);

        Assert.Equal("x", _handler.Options["shared"]);
    }

    public void Dispose() => _handler.Dispose();

    [Fact]
    public async Task Version_OfTheSettings_IsAskedFor()
    {
        RefitSettings settings = CreateSettings();
        settings.Version = HttpVersion.Version20;

        await Client<IOptionsApi>(settings, handler: _handler).GetAsync("1", null, 7);

        Assert.Equal(HttpVersion.Version20, _handler.Version);
    }
}
