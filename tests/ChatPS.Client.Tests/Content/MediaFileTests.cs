using System.Text;
using ChatPS.Client.Content;

namespace ChatPS.Client.Tests.Content;

/// <summary>Files are what they hold, not what they are called.</summary>
public sealed class MediaFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-media").FullName;

    private static readonly byte[] Png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 1];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 1];
    private static readonly byte[] Gif = [.. "GIF89a"u8, 0, 1];
    private static readonly byte[] WebP = [.. "RIFF"u8, 1, 0, 0, 0, .. "WEBPVP8 "u8];
    private static readonly byte[] Wav = [.. "RIFF"u8, 1, 0, 0, 0, .. "WAVEfmt "u8];
    private static readonly byte[] Mp3WithTag = [.. "ID3"u8, 4, 0, 0];
    private static readonly byte[] Mp3Frame = [0xFF, 0xFB, 0x90, 0x64];
    private static readonly byte[] Mp3FrameOfVersion2 = [0xFF, 0xF3, 0x40, 0xC0];
    private static readonly byte[] Aac = [0xFF, 0xF1, 0x50, 0x80];
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, 0xE2, 0xE3, 0xCF];
    private static readonly byte[] Binary = [1, 2, 0, 0xFF, 0xFE, 0x80];
    private static readonly byte[] BinaryLikeUtf16 = [0xFF, 0xFE, 0x00, 0xD8, 0x00, 0xD8, 1];
    private static readonly byte[] Utf32 = [0xFF, 0xFE, 0, 0, 0x41, 0, 0, 0];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Image_FormatThatServicesTake_IsADataAddressOfItsContent()
    {
        (byte[] Bytes, string Type)[] images = [(Png, "image/png"), (Jpeg, "image/jpeg"), (Gif, "image/gif"), (WebP, "image/webp")];

        Assert.All(images, image =>
        {
            ChatContent part = MediaFile.Image(Write("photo.txt", image.Bytes), "low", "-Image");

            Assert.Equal(("image_url", $"data:{image.Type};base64,{Convert.ToBase64String(image.Bytes)}", "low", "photo.txt"), (part.Type, part.Url, part.Detail, part.FileName));
        });
    }

    [Theory]
    [InlineData("https://example.com/a.png")]
    [InlineData("HTTP://example.com/a.png")]
    [InlineData("data:image/png;base64,AAAA")]
    public void Image_Address_GoesAsItIs(string address) => Assert.Equal(address, MediaFile.Image(address, null, "-Image").Url);

    [Fact]
    public void Image_AnythingElse_IsAnErrorWhateverItsName() => Assert.All(
        [Encoding.UTF8.GetBytes("text"), Wav, Mp3WithTag, Pdf, Binary, "RIFF"u8.ToArray(), [0x89]],
        bytes => Assert.Contains("whatever its name says", Engine.AssertInvalid(() => MediaFile.Image(Write("text.png", bytes), null, "-Image")).Message, StringComparison.Ordinal));

    [Fact]
    public void Audio_WavAndMp3_AreTold()
    {
        Assert.Equal("wav", MediaFile.Audio(Write("a", Wav), "-Audio").Format);
        Assert.All([Mp3WithTag, Mp3Frame, Mp3FrameOfVersion2], bytes =>
        {
            ChatContent part = MediaFile.Audio(Write("a.wav", bytes), "-Audio");
            Assert.Equal(("input_audio", "mp3", Convert.ToBase64String(bytes)), (part.Type, part.Format, part.Data));
        });
    }

    [Fact]
    public void Audio_AnythingElse_IsAnError() => Assert.All(
        [Aac, Jpeg, WebP, "OggS"u8.ToArray(), Encoding.UTF8.GetBytes("text"), [0xFF], [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("text")]],
        bytes => Engine.AssertInvalid(() => MediaFile.Audio(Write("a.mp3", bytes), "-Audio")));

    [Fact]
    public void File_AnyContent_IsADataAddressOfItsType()
    {
        (byte[] Bytes, string Type)[] files =
            [(Pdf, "application/pdf"), (Png, "image/png"), (Encoding.UTF8.GetBytes("text"), "text/plain"), (Binary, "application/octet-stream")];

        Assert.All(files, file => Assert.Equal(
            ("file", $"data:{file.Type};base64,{Convert.ToBase64String(file.Bytes)}"), (MediaFile.File(Write("f", file.Bytes), "-File").Type, MediaFile.File(Write("f", file.Bytes), "-File").Data)));
    }

    [Fact]
    public void Attachment_TextInAnyUnicode_IsTextUnderTheFilesName()
    {
        const string Text = "Zeile 1\ndata: 值 😀";
        Encoding[] encodings = [new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode];

        Assert.All(encodings, encoding =>
        {
            ChatContent part = MediaFile.Attachment(Write("notes.md", [.. encoding.Preamble, .. encoding.GetBytes(Text)]), "-InputObject");

            Assert.Equal(("text", "File notes.md:\n" + Text), (part.Type, part.Text));
        });
    }

    [Fact]
    public void Text_InAnyUnicode_IsTheTextAlone() => Assert.All(
        [Encoding.UTF8.GetBytes("grüße"), [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("grüße")]],
        bytes => Assert.Equal("grüße", MediaFile.Text(Write("note", bytes), "-InputObject")));

    [Fact]
    public void Text_OfWhatIsNone_IsAnError() => Assert.All(
        [Png, Pdf, Binary],
        bytes => Assert.Contains("-InputObject", Engine.AssertInvalid(() => MediaFile.Text(Write("note.txt", bytes), "-InputObject")).Message, StringComparison.Ordinal));

    [Fact]
    public void Attachment_ImageOrPdf_IsWhatItHolds()
    {
        Assert.Equal("image_url", MediaFile.Attachment(Write("a.txt", Png), "-InputObject").Type);
        Assert.Equal("file", MediaFile.Attachment(Write("a.txt", Pdf), "-InputObject").Type);
    }

    [Fact]
    public void Attachment_Audio_IsWhatItHolds() =>
        Assert.Equal(("input_audio", "wav"), (MediaFile.Attachment(Write("a.txt", Wav), "-InputObject").Type, MediaFile.Attachment(Wav, "-InputObject").Format));

    [Fact]
    public void Attachment_Bytes_AreWhatTheyHold()
    {
        Assert.Equal("image_url", MediaFile.Attachment(Png, "-InputObject").Type);
        Assert.Equal("text", MediaFile.Attachment("text"u8.ToArray(), "-InputObject").Text);
        Assert.StartsWith("data:image/png;base64,", MediaFile.Image(Png, "low", "-Image").Url, StringComparison.Ordinal);
        Assert.Contains("-Image: the value", Engine.AssertInvalid(() => MediaFile.Image(Pdf, null, "-Image")).Message, StringComparison.Ordinal);
        Engine.AssertInvalid(() => MediaFile.Image([], null, "-Image"));
    }

    [Fact]
    public void CheckTotal_TooMuchTogether_IsAnErrorBeforeItIsSent()
    {
        string half = new('A', (int)(MediaFile.LargestFile * 4 / 3 / 2));
        ChatContent sound = new() { Type = "input_audio", Data = half };

        MediaFile.CheckTotal([sound, ChatContent.FromText("x")]);
        Assert.Contains("50 MB", Engine.AssertInvalid(() => MediaFile.CheckTotal([sound, new ChatContent { Type = "image_url", Url = "data:image/png;base64," + half }])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attachment_WhatIsNoText_IsAnError() => Assert.All(
        [Binary, BinaryLikeUtf16, Utf32, Encoding.Latin1.GetBytes("Größe")],
        bytes => Engine.AssertInvalid(() => MediaFile.Attachment(Write("a.txt", bytes), "-InputObject")));

    [Fact]
    public void Read_FileThatIsNotThere_IsAnErrorThatNamesIt()
    {
        string[] paths = [Path.Combine(_folder, "none.png"), _folder, Write("empty.png", [])];

        Assert.All(paths, path =>
        {
            Assert.Contains(path, Engine.AssertInvalid(() => MediaFile.Image(path, null, "-Image")).Message, StringComparison.Ordinal);
            Engine.AssertInvalid(() => MediaFile.Audio(path, "-Audio"));
            Engine.AssertInvalid(() => MediaFile.File(path, "-File"));
            Engine.AssertInvalid(() => MediaFile.Attachment(path, "-InputObject"));
        });
    }

    [Fact]
    public void Read_FileThatIsTooLarge_IsAnErrorBeforeItIsRead()
    {
        string path = Path.Combine(_folder, "large.bin");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(MediaFile.LargestFile + 1);
        }

        Assert.Contains("50 MB", Engine.AssertInvalid(() => MediaFile.File(path, "-File")).Message, StringComparison.Ordinal);
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
