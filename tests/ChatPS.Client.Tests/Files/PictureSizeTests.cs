using ChatPS.Client.Files;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Files;

public sealed class PictureSizeTests
{
    [Fact]
    public void Size_OfEachFormat_IsRead()
    {
        Assert.Equal((1024, 768), PictureSize.Of(Pictures.PngOf(1024, 768)));
        Assert.Equal((640, 480), PictureSize.Of(Pictures.JpegOf(640, 480)));
        Assert.Equal((3, 2), PictureSize.Of("GIF89a\u0003\0\u0002\0\0\0"u8));
        Assert.Equal((1, 1), PictureSize.Of(Convert.FromBase64String("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")));
        Assert.Equal((17, 33), PictureSize.Of([.. "RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0"u8, 16, 0, 0, 32, 0, 0]));
        Assert.Equal((300, 200), PictureSize.Of([.. "RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0"u8, 0x9D, 0x01, 0x2A, 44, 1, 200, 0]));
    }

    [Fact]
    public void Size_OfWhateverBytes_IsAnswered() => Prop.ForAll(
        Arb.From(from head in Gen.Elements<byte[]>([0x89, (byte)'P', (byte)'N', (byte)'G'], [0xFF, 0xD8, 0xFF], [.. "GIF8"u8], [.. "RIFF\0\0\0\0WEBPVP8X"u8])
                 from rest in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
                 select (byte[])[.. head, .. rest]),
        bytes => PictureSize.Of(bytes) is not var (width, height) || (width > 0 && height > 0)).QuickCheckThrowOnFailure();
}
