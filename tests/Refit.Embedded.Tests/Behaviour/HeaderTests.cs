using Refit;

namespace Refit.Behaviour;

public sealed class HeaderTests : BehaviourTest
{
    private IHeaderApi Api => Client<IHeaderApi>();

    [Fact]
    public async Task Headers_InheritedMethod_HasThoseOfItsOwnInterface()
    {
        await Api.BaseAsync();

        Assert.Equal("base", Server.Request["X-Level"]);
        Assert.False(Server.Request.Has("X-Interface"));
    }

    [Fact]
    public async Task Headers_DerivedInterface_ReplacesThoseOfTheBase()
    {
        await Api.InheritedAsync();

        Assert.Equal("interface", Server.Request["X-Level"]);
        Assert.Equal("yes", Server.Request["X-Base"]);
    }

    [Fact]
    public async Task Headers_Method_ReplacesAndRemoves()
    {
        await Api.FixedAsync();

        Assert.Equal("method", Server.Request["X-Level"]);
        Assert.Equal("yes", Server.Request["X-Interface"]);
        Assert.Equal("a:b: c", Server.Request["X-Colons"]);
        Assert.False(Server.Request.Has("X-Base"));
    }

    [Theory]
    [InlineData("parameter", "parameter")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public async Task Header_Parameter_ReplacesAndNullRemoves(string? level, string? expected)
    {
        await Api.ParameterAsync(level);

        Assert.Equal(expected, Server.Request["X-Level"]);
    }

    [Fact]
    public async Task Header_Number_IsText()
    {
        await Api.NumberAsync(-12);

        Assert.Equal("-12", Server.Request["X-Number"]);
    }

    [Fact]
    public async Task Header_LineBreaks_AreRemoved()
    {
        await Api.ParameterAsync("a\r\nX-Evil: b");

        Assert.Equal("aX-Evil: b", Server.Request["X-Level"]);
        Assert.False(Server.Request.Has("X-Evil"));
    }

    [Fact]
    public async Task HeaderCollection_Entries_ReplaceEarlierHeaders()
    {
        await Api.CollectionAsync("1", new Dictionary<string, string> { ["X-One"] = "2", ["X-Level"] = "collection", ["X-Interface"] = null! });

        Assert.Equal("2", Server.Request["X-One"]);
        Assert.Equal("collection", Server.Request["X-Level"]);
        Assert.False(Server.Request.Has("X-Interface"));
    }

    [Fact]
    public async Task HeaderCollection_Null_AddsNothing()
    {
        await Api.CollectionAsync("1", null);

        Assert.Equal("1", Server.Request["X-One"]);
    }

    [Fact]
    public async Task Headers_PostWithoutBody_HasEmptyContent()
    {
        await Api.EmptyPostAsync();

        Assert.Equal("0", Server.Request["Content-Length"]);
        Assert.Equal("yes", Server.Request["X-Method"]);
    }

    [Fact]
    public async Task Header_ContentType_ReplacesThatOfTheBody()
    {
        await Api.ContentTypeAsync("hi", "text/markdown");

        Assert.Equal("text/markdown", Server.Request["Content-Type"]);
        Assert.Equal("hi", Server.Request.Text);
    }

    [Fact]
    public async Task Authorize_Token_FollowsTheScheme()
    {
        await Api.AuthorizeAsync("sk-test-1");

        Assert.Equal("Bearer sk-test-1", Server.Request["Authorization"]);
    }

    [Fact]
    public async Task Authorize_Scheme_IsUsed()
    {
        await Api.SchemeAsync("sk-test-1");

        Assert.Equal("Basic sk-test-1", Server.Request["Authorization"]);
    }

    [Fact]
    public async Task AuthorizationHeaderValueGetter_HeaderPresent_GivesTheCredential()
    {
        RefitSettings settings = CreateSettings();
        settings.AuthorizationHeaderValueGetter = async (_, _) => await Task.FromResult("sk-test-2");

        await RestService.For<IHeaderApi>(Server.BaseAddress.ToString(), settings).AskedAsync();

        Assert.Equal("Bearer sk-test-2", Server.Request["Authorization"]);
    }

    [Fact]
    public async Task AuthorizationHeaderValueGetter_NoHeader_IsNotAsked()
    {
        RefitSettings settings = CreateSettings();
        settings.AuthorizationHeaderValueGetter = (_, _) => throw new InvalidOperationException();

        await RestService.For<IHeaderApi>(Server.BaseAddress.ToString(), settings).InheritedAsync();

        Assert.False(Server.Request.Has("Authorization"));
    }
}
