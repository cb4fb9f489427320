using System.Text;
using ChatPS.Client.Files;

namespace ChatPS.Client.Tests.Files;

public sealed class FileKindTests
{
    [Theory]
    [InlineData("89504E470D0A1A0A", "image/png")]
    [InlineData("FFD8FFE0", "image/jpeg")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("52494646FFFFFFFF57454250", "image/webp")]
    [InlineData("52494646FFFFFFFF57415645", "audio/wav")]
    [InlineData("494433040000", "audio/mpeg")]
    [InlineData("FFFB9000", "audio/mpeg")]
    [InlineData("FFF15080", "audio/aac")]
    [InlineData("4F676753", "audio/ogg")]
    [InlineData("664C6143", "audio/flac")]
    [InlineData("00000020667479704D344120", "audio/mp4")]
    [InlineData("000000186674797069736F6D", "video/mp4")]
    [InlineData("1A45DFA3", "video/webm")]
    [InlineData("255044462D312E37", "application/pdf")]
    public void Of_FirstBytes_TellTheKind(string bytes, string mediaType) =>
        Assert.Equal(mediaType, FileKind.Of(Convert.FromHexString(bytes))?.MediaType);

    [Theory]
    [InlineData("<svg xmlns=\"x\">", "image/svg+xml")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>\n<svg>", "image/svg+xml")]
    [InlineData("<!DOCTYPE html><html>", "text/html")]
    [InlineData("<?xml version=\"1.0\"?><note>", null)]
    [InlineData("{\"error\":{}}", null)]
    [InlineData("plain text", null)]
    [InlineData("", null)]
    public void Of_Text_TellsMarkupAlone(string text, string? mediaType) =>
        Assert.Equal(mediaType, FileKind.Of(Encoding.UTF8.GetBytes(text))?.MediaType);

    [Theory]
    [InlineData("FFFE6100")]
    [InlineData("FEFF0061")]
    public void Of_TextInUtf16_IsNoSound(string bytes) => Assert.Null(FileKind.Of(Convert.FromHexString(bytes)));
}
