using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Sandbox.Tests;

public sealed class ImageTests : SandboxTest
{
    private const string Path = "/v1/images/generations";

    [Theory]
    [InlineData("""{"model":"gpt-image-2","prompt":"a cat","n":2}""")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a cat","size":"1536x1024","quality":"high","background":"transparent","output_format":"webp","output_compression":50,"moderation":"low"}""")]
    [InlineData("""{"model":"dall-e-3","prompt":"a cat","n":1,"size":"1024x1024","quality":"hd","style":"natural","response_format":"b64_json","user":"u"}""")]
    [InlineData("""{"model":"dall-e-3","prompt":"a cat"}""")]
    public async Task Generation_Always_FitsTheOfficialDescription(string body)
    {
        Assert.Empty(OpenApiDescription.Official.Validate("CreateImageRequest", body));

        JsonElement answer = await AskAsync(Path, body);

        Assert.Empty(OpenApiDescription.Official.Validate("ImagesResponse", answer.GetRawText()));
    }

    [Fact]
    public async Task Stream_Events_FitTheOfficialDescription()
    {
        List<string> events = await StreamAsync(Path, """{"model":"gpt-image-2","prompt":"a cat","stream":true,"partial_images":2}""");

        Assert.Equal(["image_generation.partial_image", "image_generation.partial_image", "image_generation.completed"], events.Select(data => Parse(data).GetProperty("type").GetString()));
        Assert.All(events, data => Assert.Empty(OpenApiDescription.Official.Validate("ImageGenStreamEvent", data)));
    }

    [Fact]
    public async Task Edit_Stream_FitsTheOfficialDescription()
    {
        using HttpResponseMessage response = await EditAsync(("image", Png(16, 16)), [("stream", "true"), ("partial_images", "1")]);

        string[] events = [.. (await response.Content.ReadAsStringAsync()).Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line["data: ".Length..])];
        Assert.Equal(2, events.Length);
        Assert.All(events, data => Assert.Empty(OpenApiDescription.Official.Validate("ImageEditStreamEvent", data)));
    }

    [Theory]
    [InlineData("1024x1024", 1024, 1024)]
    [InlineData("3840x2160", 3840, 2160)]
    [InlineData("16x48", 16, 48)]
    public async Task Picture_OfAPrompt_IsAValidPngOfItsSizeAndTheSameEachTime(string size, int width, int height)
    {
        string body = $$"""{"model":"m","prompt":"a cat","size":"{{size}}"}""";
        byte[] first = BytesOf(await AskAsync(Path, body));
        byte[] second = BytesOf(await AskAsync(Path, body));
        byte[] other = BytesOf(await AskAsync(Path, body.Replace("cat", "dog", StringComparison.Ordinal)));

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.True(first.Length < 100_000, $"{first.Length} bytes");
        Assert.Equal((width, height), Check(first));
    }

    [Theory]
    [InlineData("""{"model":"m","prompt":"a","response_format":"url"}""", "response_format")]
    [InlineData("""{"model":"m","prompt":"a","style":"vivid"}""", "style")]
    [InlineData("""{"model":"m","prompt":"a","n":11}""", "n")]
    [InlineData("""{"model":"m","prompt":"a","size":"1000x1000"}""", "size")]
    [InlineData("""{"model":"m","prompt":"a","size":"4096x4096"}""", "size")]
    [InlineData("""{"model":"m","prompt":"a","quality":"best"}""", "quality")]
    [InlineData("""{"model":"m","prompt":"a","background":"transparent","output_format":"jpeg"}""", "background")]
    [InlineData("""{"model":"m","prompt":"a","output_compression":50}""", "output_compression")]
    [InlineData("""{"model":"m","prompt":"a","partial_images":1}""", "partial_images")]
    [InlineData("""{"model":"m"}""", "prompt")]
    [InlineData("""{"model":"dall-e-3","prompt":"a","n":2}""", "n")]
    [InlineData("""{"model":"dall-e-3","prompt":"a","background":"opaque"}""", "background")]
    [InlineData("""{"model":"sandbox-picture-1","prompt":"a","size":"1536x1024"}""", "size")]
    public async Task Request_ThatIsWrong_IsRefused(string body, string param) => Assert.Equal(param, (await FailAsync(400, Path, body)).GetProperty("param").GetString());

    [Theory]
    [InlineData("m", "moderation_blocked")]
    [InlineData("dall-e-3", "content_policy_violation")]
    public async Task Prompt_AgainstTheRules_IsRefused(string model, string code) =>
        Assert.Equal(code, (await FailAsync(400, Path, $$"""{"model":"{{model}}","prompt":"something forbidden"}""")).GetProperty("code").GetString());

    [Fact]
    public async Task Address_OfAPicture_GivesItInParts()
    {
        JsonElement answer = await AskAsync(Path, """{"model":"dall-e-3","prompt":"a/b?c é"}""");
        Uri address = new(answer.GetProperty("data")[0].GetProperty("url").GetString()!);

        byte[] whole = await Client.GetByteArrayAsync(address);
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Range = new RangeHeaderValue(10, 19);
        using HttpResponseMessage part = await Client.SendAsync(request);

        Assert.Equal((1024, 1024), Check(whole));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(whole[10..20], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal("A picture of a/b?c é", answer.GetProperty("data")[0].GetProperty("revised_prompt").GetString());
    }

    [Theory]
    [InlineData("image", 16, null, HttpStatusCode.OK)]
    [InlineData("image[]", 16, 16, HttpStatusCode.OK)]
    [InlineData("image", 16, 32, HttpStatusCode.BadRequest)]
    [InlineData("image", null, null, HttpStatusCode.BadRequest)]
    [InlineData("picture", 16, null, HttpStatusCode.BadRequest)]
    public async Task Edit_Files_AreChecked(string field, int? width, int? maskWidth, HttpStatusCode status)
    {
        byte[] picture = width is { } wide ? Png(wide, 16) : "no picture"u8.ToArray();

        using HttpResponseMessage response = await EditAsync((field, picture), [], maskWidth is { } mask ? Png(mask, 16) : null);

        Assert.True(status == response.StatusCode, await response.Content.ReadAsStringAsync());
        if (status == HttpStatusCode.OK)
        {
            Assert.Empty(OpenApiDescription.Official.Validate("ImagesResponse", await response.Content.ReadAsStringAsync()));
        }
    }

    [Theory]
    [InlineData("/openai/deployments/draw/images/generations?api-version=2024-10-21", """{"prompt":"a"}""")]
    [InlineData("/openai/v1/images/generations", """{"prompt":"a","model":"draw"}""")]
    public async Task Azure_Deployment_Draws(string path, string body) => Assert.Equal((1024, 1024), Check(BytesOf(await AskAsync(path, body))));

    [Fact]
    public async Task Gemini_PictureWanted_IsPartOfTheAnswer()
    {
        JsonElement answer = await AskAsync("/v1beta/models/m:generateContent", """{"contents":[{"role":"user","parts":[{"text":"a cat"}]}],"generationConfig":{"responseModalities":["TEXT","IMAGE"]}}""");

        JsonElement part = answer.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0].GetProperty("inlineData");
        Assert.Equal((1024, 1024), Check(part.GetProperty("data").GetBytesFromBase64()));
    }

    [Fact]
    public async Task Ideogram_BothForms_TellPicturesThatAreKeptBack()
    {
        JsonElement old = await AskAsync("/ideogram/generate", """{"image_request":{"prompt":"unsafe","aspect_ratio":"ASPECT_16_9","num_images":2}}""");
        JsonElement third = await AskAsync("/v1/ideogram-v3/generate", """{"prompt":"fine","aspect_ratio":"16x9"}""");
        JsonElement wrong = await FailAsync(400, "/ideogram/v1/ideogram-v3/generate", """{"prompt":"fine","aspect_ratio":"ASPECT_16_9"}""");

        Assert.Equal([true, false], old.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("is_image_safe").GetBoolean()));
        Assert.False(old.GetProperty("data")[1].TryGetProperty("url", out _));
        Assert.Equal(JsonValueKind.String, third.GetProperty("created").ValueKind);
        Assert.Equal("aspect_ratio", wrong.GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("a cat", "image/*", 200, "image/png")]
    [InlineData("a cat", "application/json", 200, "application/json")]
    [InlineData("forbidden", "image/*", 403, "application/json")]
    [InlineData("", "image/*", 400, "application/json")]
    public async Task Stability_Form_GivesWhatIsAccepted(string prompt, string accept, int status, string type)
    {
        using MultipartFormDataContent form = [];
        form.Add(new StringContent(prompt), "prompt");
        using HttpRequestMessage request = new(HttpMethod.Post, Address("/v2beta/stable-image/generate/core")) { Content = form };
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using HttpResponseMessage response = await Client.SendAsync(request);

        Assert.Equal((status, type), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(status == 200 && accept == "image/*" ? "SUCCESS" : null, response.Headers.TryGetValues("finish-reason", out IEnumerable<string>? reasons) ? reasons.Single() : null);
    }

    private static byte[] BytesOf(JsonElement answer) => answer.GetProperty("data")[0].GetProperty("b64_json").GetBytesFromBase64();

    // Unpacks the picture as a decoder does; what unpacks checks the sum of the lines.
    private static (int Width, int Height) Check(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        (int width, int height) = (Number(png, 16), Number(png, 20));
        using MemoryStream packed = new();
        List<string> names = [];
        for (int at = 8; at < png.Length;)
        {
            int length = Number(png, at);
            string name = System.Text.Encoding.ASCII.GetString(png, at + 4, 4);
            names.Add(name);
            Assert.Equal(Crc(png.AsSpan(at + 4, length + 4)), (uint)Number(png, at + 8 + length));
            if (name == "IDAT")
            {
                packed.Write(png, at + 8, length);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using ZLibStream lines = new(packed, CompressionMode.Decompress);
        using MemoryStream unpacked = new();
        lines.CopyTo(unpacked);
        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], names);
        Assert.Equal(height * (1 + ((width + 7) / 8)), unpacked.Length);
        return (width, height);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }

    private static int Number(byte[] bytes, int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));

    private static byte[] Png(int width, int height) => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, (byte)width, 0, 0, 0, (byte)height, 8, 2, 0, 0, 0];

    private async Task<HttpResponseMessage> EditAsync((string Field, byte[] Content) image, (string Name, string Value)[] fields, byte[]? mask = null)
    {
        using MultipartFormDataContent form = [];
        form.Add(new StringContent("gpt-image-2"), "model");
        form.Add(new StringContent("make it night"), "prompt");
        foreach ((string name, string value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent(image.Content), image.Field, "image.png");
        if (mask is not null)
        {
            form.Add(new ByteArrayContent(mask), "mask", "mask.png");
        }

        return await Client.PostAsync(Address("/v1/images/edits"), form);
    }
}
