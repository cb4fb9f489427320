using ChatPS.Client.Media;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Media;

public sealed class AnswerMediaTests
{
    private static readonly string Data = "data:image/png;base64," + Pictures.Base64;

    [Theory]
    [InlineData("See ![a cat](https://example.com/i?id=1) here.", "image https://example.com/i?id=1")]
    [InlineData("![a](<https://example.com/i>)", "image https://example.com/i")]
    [InlineData("[the sound](https://example.com/a.mp3?x=1)", "audio https://example.com/a.mp3?x=1")]
    [InlineData("It is at https://example.com/film.mp4.", "video https://example.com/film.mp4")]
    [InlineData("<p><img alt='x' src=\"https://example.com/i\"></p>", "image https://example.com/i")]
    [InlineData("![a](https://example.com/a.png) ![b](https://example.com/a.png)", "image https://example.com/a.png")]
    [InlineData("A page: https://example.com/page and [one](https://example.com/).", "")]
    [InlineData("report: [csv](https://example.com/r.csv)", "file https://example.com/r.csv")]
    [InlineData("![x](file:///etc/passwd) ![y](javascript:alert)", "")]
    public void Text_Links_AreFound(string text, string found) =>
        Assert.Equal(found, string.Join("; ", AnswerMedia.Of(new ChatMessage("assistant", text)).Select(media => $"{media.Kind} {media.Url}")));

    [Fact]
    public void Text_DataInIt_IsDecoded()
    {
        ChatImage image = Assert.IsType<ChatImage>(Assert.Single(AnswerMedia.Of(new ChatMessage("assistant", $"Here: ![a cat]({Data})."))));

        Assert.Equal(Pictures.Png, image.Data);
        Assert.Null(image.Url);
        Assert.Equal(("image/png", 2, 3, "a cat"), (image.MediaType, image.Width, image.Height, image.RevisedPrompt));
    }

    [Fact]
    public void Message_PartsSoundAndFiles_AreFound()
    {
        ChatMessage message = new()
        {
            Role = "assistant",
            Content = [new ChatContent { Type = "image_url", Url = Data }, new ChatContent { Type = "file", Data = "data:application/pdf;base64,JVBERg==", FileName = "a.pdf" }],
            Audio = new ChatAudio { Data = [1, 2], Format = "pcm16" },
            Citations = [new ChatCitation { FileId = "cfile_1", Title = "result.csv" }, new ChatCitation { Url = "https://example.com/page" }],
        };

        IReadOnlyList<ChatMedia> media = AnswerMedia.Of(message);

        Assert.Equal(["image", "file", "audio", "file"], media.Select(item => item.Kind));
        Assert.Equal([0, 1, 2, 3], media.Select(item => item.Part));
        Assert.Equal("cfile_1", media[3].FileId);
    }

    [Fact]
    public void Message_OfGeminiAndResponses_KeepsItsFilesThroughSessions()
    {
        ChatMessage gemini = new() { Role = "assistant", Raw = """[{"fileData":{"mimeType":"video/mp4","fileUri":"https://example.com/v"}}]""", RawDialect = "Gemini" };
        ChatMessage responses = new() { Role = "assistant", Raw = $$"""[{"type":"image_generation_call","result":"{{Pictures.Base64}}","revised_prompt":"a red cat"}]""", RawDialect = "Responses" };

        Assert.Equal(("video", "https://example.com/v"), (AnswerMedia.Of(gemini)[0].Kind, AnswerMedia.Of(gemini)[0].Url));
        Assert.Equal("a red cat", Assert.IsType<ChatImage>(AnswerMedia.Of(responses)[0]).RevisedPrompt);
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"","images":[{"type":"image_url","image_url":{"url":"DATA"}}]}}]}""")]
    [InlineData("{\"choices\":[{\"delta\":{\"images\":[{\"image_url\":{\"url\":\"DATA\"}}]}}]}\n{\"choices\":[]}")]
    public void Completion_ImagesBesideTheText_AreFound(string raw)
    {
        ChatCompletion answer = new() { Raw = raw.Replace("DATA", Data, StringComparison.Ordinal), Connection = "c", Index = 4, Input = "draw" };

        ChatImage image = Assert.IsType<ChatImage>(Assert.Single(AnswerMedia.Of(answer)));

        Assert.Equal(("c", 4, "draw"), (image.Connection, image.Index, image.Prompt));
    }

    [Fact]
    public void Text_WhateverItIs_IsRead() => Prop.ForAll(
        Arb.From(Gen.Elements("![a](", "https://example.com/a.png", "data:image/png;base64,", "AAAA", ")", "<img src='", "'", "[", "]", "(", "\n", "%", "é", " ").ListOf().Select(string.Concat)),
        text =>
        {
            foreach (ChatMedia media in AnswerMedia.Of(new ChatMessage("assistant", text)))
            {
                Assert.True(media.Url is not null || media.Data is { Length: > 0 });
                Assert.False(media.Url?.StartsWith("data:", StringComparison.Ordinal) == true);
            }
        }).QuickCheckThrowOnFailure();
}
