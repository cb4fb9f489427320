using ChatPS.Client.Generations;
using ChatPS.Client.Images;

namespace ChatPS.Client.Tests.Generations;

public sealed class GenerationPictureTests
{
    [Fact]
    public void Bytes_GoAsADataAddressOrAsBase64()
    {
        byte[] data = Pictures.JpegOf(7, 5);
        GenerationPicture picture = GenerationPicture.Of(ImageFile.Of(data, "-Image"));

        Assert.Equal("data:image/jpeg;base64," + Convert.ToBase64String(data), picture.ToAddress());
        Assert.Equal(Convert.ToBase64String(data), picture.ToBase64());
        Assert.NotNull(picture.File);
    }

    [Theory]
    [InlineData("https://example.com/a,b.png", "https://example.com/a,b.png")]
    [InlineData("data:image/png;base64,AAAA", "AAAA")]
    [InlineData("DATA:image/png;base64,AAAA", "AAAA")]
    public void Address_StaysAsItIs(string address, string bare)
    {
        GenerationPicture picture = GenerationPicture.At(address);

        Assert.Equal((address, bare, address), (picture.ToAddress(), picture.ToBase64(), picture.ToString()));
        Assert.Null(picture.File);
    }

    [Fact]
    public void Digest_OfOtherBytes_IsAnother()
    {
        string one = GenerationPicture.Of(ImageFile.Of(Pictures.JpegOf(7, 5), "-Image")).Digest();

        Assert.Equal(one, GenerationPicture.Of(ImageFile.Of(Pictures.JpegOf(7, 5), "-Other")).Digest());
        Assert.NotEqual(one, GenerationPicture.Of(ImageFile.Of(Pictures.JpegOf(5, 7), "-Image")).Digest());
    }
}
