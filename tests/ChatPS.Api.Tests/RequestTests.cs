using System.Reflection;
using System.Text;
using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Api.Moderations;
using ChatPS.Api.Text;
using ChatPS.Api.Wire;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Api.Tests;

public sealed class RequestTests
{
    public static TheoryData<string> Schemas => ["CreateChatCompletionRequest", "CreateCompletionRequest", "CreateModerationRequest"];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Write_EveryFieldSet_FitsTheOfficialDescription(string schema)
    {
        var request = Sample(schema);
        Assert.All(OwnProperties(request), property => Assert.True(property.GetValue(request) is not null, property.Name));

        Assert.Empty(OpenApiDescription.Official.Validate(schema, Write(request)));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Write_EveryFieldSet_WritesExactlyTheOfficialFields(string schema)
    {
        using var document = JsonDocument.Parse(Write(Sample(schema)));

        Assert.Equal(
            OpenApiDescription.Official.MembersOf(schema),
            document.RootElement.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Read_WhatWasWritten_WritesTheSameAgain(string schema)
    {
        var json = Write(Sample(schema));
        var request = JsonSerializer.Deserialize(json, Wire.TypeInfo(Sample(schema).GetType()))!;

        Assert.Equal(json, Write(request));
    }

    [Fact]
    public void Write_NothingSet_WritesNothing()
    {
        Assert.Equal("{}", Write(new ChatCompletionRequest()));
        Assert.Equal("{}", Write(new CompletionRequest()));
        Assert.Equal("{}", Write(new ModerationRequest()));
    }

    [Fact]
    public void Write_MinimalChat_IsWhatTheDocumentationShows() => Assert.Equal(
        """{"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}],"temperature":0.7}""",
        Write(new ChatCompletionRequest { Model = "gpt-4o", Messages = [new() { Role = "user", Content = new("Hi") }], Temperature = 0.7 }));

    [Theory]
    [InlineData("给我讲一个笑话吧")]
    [InlineData("<b>\"quoted\" & 'single'</b>")]
    [InlineData("emoji 👩‍👩‍👧 🎉")]
    [InlineData("line\r\nbreak\ttab \u0000 \u2028")]
    public void Write_AnyText_ComesBackUnchanged(string text)
    {
        using var document = JsonDocument.Parse(Write(Ask(text)));

        Assert.Equal(text, document.RootElement.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Fact]
    public void Write_TextOfAnyScript_IsNotEscaped() => Assert.Contains("\"<给我讲> é's\"", Write(Ask("<给我讲> é's")), StringComparison.Ordinal);

    [Fact]
    public void Write_HalfASurrogatePair_BecomesTheReplacementCharacter()
    {
        using var document = JsonDocument.Parse(Write(Ask("a\ud83d")));

        Assert.Equal("a\ufffd", document.RootElement.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("""{"seen":7,"enable_thinking":false}""", """{"model":"m","n":1,"seen":7,"enable_thinking":false}""")]
    [InlineData("""{"n":3}""", """{"model":"m","n":3}""")]
    [InlineData("""{"model":null}""", """{"n":1,"model":null}""")]
    [InlineData("""{"n":{"deep":[1]}}""", """{"model":"m","n":{"deep":[1]}}""")]
    [InlineData("""{}""", """{"model":"m","n":1}""")]
    [InlineData("""[1]""", """{"model":"m","n":1}""")]
    public void Write_AdditionalBody_ReplacesAndAdds(string additional, string expected) =>
        Assert.Equal(expected, Write(new ChatCompletionRequest { Model = "m", N = 1, AdditionalBody = Samples.Json(additional) }));

    [Fact]
    public void Write_AdditionalBody_ReplacesWholeMembers()
    {
        var request = new ChatCompletionRequest
        {
            StreamOptions = new() { IncludeUsage = true },
            AdditionalBody = Samples.Json("""{"stream_options":{"vendor":"值"}}"""),
        };

        Assert.Equal("""{"stream_options":{"vendor":"值"}}""", Write(request));
    }

    [Fact]
    public void Write_ReasoningOfMessages_IsSent()
    {
        var message = new ChatRequestMessage
        {
            Role = "assistant",
            Content = new("4"),
            ReasoningContent = "2+2",
        };

        Assert.Equal(
            """{"messages":[{"role":"assistant","content":"4","reasoning_content":"2+2"}]}""",
            Write(new ChatCompletionRequest { Messages = [message] }));
    }

    [Theory]
    [InlineData("""{"input":"a"}""")]
    [InlineData("""{"input":["a","b"]}""")]
    [InlineData("""{"input":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}""")]
    public void Write_ModerationInput_HasTheFormOfItsContent(string json)
    {
        var request = JsonSerializer.Deserialize(json, ModerationsJsonContext.Default.ModerationRequest)!;

        Assert.Equal(json, Write(request));
        Assert.Empty(OpenApiDescription.Official.Validate("CreateModerationRequest", json));
    }

    [Fact]
    public void Write_OneModerationTextInAnArray_BecomesAString()
    {
        var request = JsonSerializer.Deserialize("""{"input":["a"]}""", ModerationsJsonContext.Default.ModerationRequest)!;

        Assert.Equal("""{"input":"a"}""", Write(request));
    }

    [Theory]
    [InlineData("\"a\"")]
    [InlineData("""["a","b"]""")]
    [InlineData("[1,2]")]
    [InlineData("[[1,2],[3]]")]
    public void Write_EveryFormOfPrompt_GoesAsItIs(string prompt)
    {
        var json = Write(new CompletionRequest { Model = "m", Prompt = Samples.Json(prompt) });

        Assert.Equal($$"""{"model":"m","prompt":{{prompt}}}""", json);
        Assert.Empty(OpenApiDescription.Official.Validate("CreateCompletionRequest", json));
    }

    [Fact]
    public void Write_TypeThatIsNotOfTheWire_Throws() => Assert.Throws<NotSupportedException>(() => WireJson.Write(new Version(1, 0), ChatJsonContext.Default));

    private static ApiRequest Sample(string schema) => schema switch
    {
        "CreateChatCompletionRequest" => Samples.Chat(),
        "CreateCompletionRequest" => Samples.Completion(),
        _ => Samples.Moderation(),
    };

    // OpenAI has none of these; others who speak its dialect do.
    private static IEnumerable<PropertyInfo> OwnProperties(ApiRequest request) =>
        request.GetType().GetProperties().Where(property => property.Name is not
            (nameof(ApiRequest.AdditionalBody) or nameof(ChatCompletionRequest.TopK) or nameof(ChatCompletionRequest.Reasoning) or nameof(ChatCompletionRequest.Thinking)));

    private static ChatCompletionRequest Ask(string text) => new() { Messages = [new() { Role = "user", Content = new(text) }] };

    private static string Write(object request) => Encoding.UTF8.GetString(Wire.Write(request));
}
