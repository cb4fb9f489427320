using System.Text;
using Refit;

namespace Refit.Behaviour;

public sealed class BodyTests : BehaviourTest
{
    private const string Json = """{"name":"Ada","age":36}""";

    private static readonly Person Ada = new("Ada", 36);

    private IBodyApi Api => Client<IBodyApi>();

    [Fact]
    public async Task Body_Object_IsJsonInChunks()
    {
        await Api.ObjectAsync(Ada);

        Assert.Equal("POST", Server.Request.Method);
        Assert.Equal(Json, Server.Request.Text);
        Assert.Equal("application/json; charset=utf-8", Server.Request["Content-Type"]);
        Assert.Equal("chunked", Server.Request["Transfer-Encoding"]);
        Assert.False(Server.Request.Has("Content-Length"));
    }

    [Fact]
    public async Task Body_Buffered_HasALength()
    {
        await Api.BufferedAsync(Ada);

        Assert.Equal(Json, Server.Request.Text);
        Assert.Equal("23", Server.Request["Content-Length"]);
        Assert.False(Server.Request.Has("Transfer-Encoding"));
    }

    [Fact]
    public async Task Body_BufferedSettings_HasALength()
    {
        RefitSettings settings = CreateSettings();
        settings.Buffered = true;

        await Client<IBodyApi>(settings).ObjectAsync(Ada);

        Assert.Equal("23", Server.Request["Content-Length"]);
    }

    [Fact]
    public async Task Body_Null_IsTheTextNull()
    {
        await Api.BufferedAsync(null);

        Assert.Equal("null", Server.Request.Text);
    }

    [Fact]
    public async Task Body_OnlyReferenceType_IsTheBodyWithoutAttribute()
    {
        await Api.ImplicitAsync(Ada, "x");

        Assert.Equal("PUT", Server.Request.Method);
        Assert.Equal("/b?query=x", Server.Request.Target);
        Assert.Equal(Json, Server.Request.Text);
    }

    [Fact]
    public async Task Body_Delete_IsSent()
    {
        await Api.DeleteAsync(Ada);

        Assert.Equal("DELETE", Server.Request.Method);
        Assert.Equal(Json, Server.Request.Text);
    }

    [Fact]
    public async Task Body_String_IsPlainText()
    {
        await Api.StringAsync("héllo");

        Assert.Equal("PATCH", Server.Request.Method);
        Assert.Equal("héllo", Server.Request.Text);
        Assert.Equal("text/plain; charset=utf-8", Server.Request["Content-Type"]);
    }

    [Fact]
    public async Task Body_Stream_HasNoContentType()
    {
        using MemoryStream stream = new([1, 2, 3]);

        await Api.StreamAsync(stream);

        Assert.Equal([1, 2, 3], Server.Request.Body);
        Assert.False(Server.Request.Has("Content-Type"));
    }

    [Fact]
    public async Task Body_Content_IsSentAsItIs()
    {
        using StringContent content = new("<a/>", Encoding.UTF8, "application/xml");

        await Api.ContentAsync(content);

        Assert.Equal("<a/>", Server.Request.Text);
        Assert.Equal("application/xml; charset=utf-8", Server.Request["Content-Type"]);
    }

    [Fact]
    public async Task Body_SerializedObject_IsWrittenByItsOwnType()
    {
        await Api.SerializedStringAsync(Ada);

        Assert.Equal(Json, Server.Request.Text);
    }

    [Fact]
    public async Task Form_Object_IsUrlEncoded()
    {
        await Api.FormAsync(new FormQuery
        {
            Name = "Ada L",
            Age = 36,
            Plain = "p",
            Many = [1, 2],
            Joined = ["a", "b"],
            Born = new DateTime(1815, 12, 10, 0, 0, 0, DateTimeKind.Utc),
        });

        Assert.Equal("first_name=Ada+L&the_age=36&x-Plain=p&Many=1&Many=2&Joined=a%2Cb&Born=1815", Server.Request.Text);
        Assert.Equal("application/x-www-form-urlencoded", Server.Request["Content-Type"]);
    }

    [Fact]
    public async Task Form_NullProperties_AreLeftOut()
    {
        await Api.FormAsync(new FormQuery { Age = 1 });

        Assert.Equal("the_age=1", Server.Request.Text);
    }

    [Fact]
    public async Task Form_Map_IsUrlEncoded()
    {
        await Api.FormMapAsync(new Dictionary<string, string> { ["a b"] = "c&d", ["none"] = null! });

        Assert.Equal("a+b=c%26d", Server.Request.Text);
    }

    [Fact]
    public async Task Verbs_HeadAndOptions_AreSent()
    {
        await Api.HeadAsync();
        await Api.OptionsAsync();

        Assert.Equal(["HEAD", "OPTIONS"], Server.Requests.Select(request => request.Method));
    }
}
