using System.Text;
using ChatPS.Api.Errors;
using ChatPS.Api.Models;
using ChatPS.Api.Moderations;

namespace ChatPS.Api.Tests;

public sealed class WireSerializerTests
{
    private readonly WireSerializer _serializer = new(ModerationsJsonContext.Default, ModelsJsonContext.Default);

    [Fact]
    public async Task ToHttpContent_Request_IsUtf8JsonOfKnownLength()
    {
        using var content = _serializer.ToHttpContent(new ModerationRequest { Input = new(["笑话"]), AdditionalBody = Samples.Json("""{"x":1}""") });

        Assert.Equal("application/json; charset=utf-8", content.Headers.ContentType!.ToString());
        Assert.Equal("""{"input":"笑话","x":1}""", Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync()));
        Assert.Equal(24, content.Headers.ContentLength);
    }

    [Fact]
    public async Task ToHttpContent_DeclaredAsObject_IsWrittenAsWhatItIs()
    {
        using var content = _serializer.ToHttpContent<object>(new ModerationRequest { Model = "m" });

        Assert.Equal("""{"model":"m"}""", await content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ToHttpContent_Null_IsTheTextNull()
    {
        using var content = _serializer.ToHttpContent<ModerationRequest?>(null);

        Assert.Equal("null", await content.ReadAsStringAsync());
    }

    [Fact]
    public async Task FromHttpContentAsync_Answer_KeepsItsJson()
    {
        const string json = """{ "id" : "gpt-4o" }""";
        using var content = new StringContent("\ufeff" + json, Encoding.UTF8, "text/plain");

        var model = await _serializer.FromHttpContentAsync<Model>(content);

        Assert.Equal(("gpt-4o", json), (model!.Id, model.Raw));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{\"error\":{\"message\":\"m\"}}")]
    public async Task FromHttpContentAsync_NoAnswer_ThrowsWithTheBody(string body)
    {
        using var content = new StringContent(body);

        var exception = await Assert.ThrowsAsync<WireFormatException>(() => _serializer.FromHttpContentAsync<Model>(content));

        Assert.Equal(body, exception.Body);
    }

    [Fact]
    public void GetFieldNameForProperty_Always_IsTheNameOnTheWire() =>
        Assert.Equal("owned_by", _serializer.GetFieldNameForProperty(typeof(Model).GetProperty(nameof(Model.OwnedBy))!));
}
