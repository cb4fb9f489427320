using System.Globalization;
using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Images;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;
using ChatPS.Sandbox;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Client.Tests.Images;

public sealed class ImageServiceTests : IDisposable
{
    private static readonly ImageRequest Cat = new() { Prompt = "a cat", Model = "m" };

    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-images").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Generation_EveryFieldSet_SendsEveryOfficialField()
    {
        ImageRequest request = Cat with
        {
            N = 2, Size = "1024x1024", Quality = "high", Background = "opaque", OutputFormat = "webp", OutputCompression = 80, Moderation = "low", ResponseFormat = "b64_json", Style = "vivid",
            User = "u", SafetyIdentifier = "s", Stream = true, PartialImage = 1, Complexity = "low", FrameCount = 2, FrameDurationMs = 100, AspectRatio = "1:1", NegativePrompt = "dogs", Seed = 7, Steps = 20, Guidance = 3.5,
        };
        using RawServer server = RawServer.Answering(200, $$"""{"data":[{"b64_json":"{{Pictures.Base64}}"},{"b64_json":"{{Pictures.Base64}}"}]}""");

        Assert.Equal(2, (await MakeAsync(server, request)).Count);

        RawExchange sent = Assert.Single(server.Exchanges);
        using JsonDocument body = JsonDocument.Parse(sent.Body);
        string[] names = [.. body.RootElement.EnumerateObject().Select(member => member.Name)];
        Assert.StartsWith("POST /v1/images/generations ", sent.Head, StringComparison.Ordinal);
        Assert.Empty(OpenApiDescription.Official.Validate("CreateImageRequest", sent.Body));
        Assert.Empty(OpenApiDescription.Official.MembersOf("CreateImageRequest").Except(names, StringComparer.Ordinal));
        Assert.Equal(20, body.RootElement.GetProperty("num_inference_steps").GetInt32());
        Assert.Equal(3.5, body.RootElement.GetProperty("guidance_scale").GetDouble());
    }

    [Fact]
    public async Task Generation_NothingGiven_SendsPromptAndModelOnly()
    {
        using RawServer server = RawServer.Answering(200, $$"""{"data":[{"b64_json":"{{Pictures.Base64}}"}]}""");

        await MakeAsync(server, Cat);

        Assert.Equal("""{"prompt":"a cat","model":"m"}""", server.Exchanges[0].Body);
    }

    [Fact]
    public async Task Edit_SeveralPicturesAndMask_IsAFormOfTheOfficialFields()
    {
        ImageRequest request = Cat with
        {
            Images = [ImageFile.Open(Save("a.png", Pictures.Png), "-Image"), ImageFile.Of(Pictures.JpegOf(5, 6), "-Image")],
            Mask = ImageFile.Of(Pictures.Png, "-Mask"),
            N = 1, Size = "auto", Quality = "low", Background = "auto", OutputFormat = "png", OutputCompression = 100, ResponseFormat = "b64_json", User = "u", InputFidelity = "high", Stream = true, PartialImage = 0,
        };
        using RawServer server = RawServer.Answering(200, $$"""{"data":[{"b64_json":"{{Pictures.Base64}}"}]}""");

        await MakeAsync(server, request);

        RawExchange sent = server.Exchanges[0];
        Assert.StartsWith("POST /v1/images/edits ", sent.Head, StringComparison.Ordinal);
        Assert.Equal(2, sent.Body.Split("name=\"image[]\"").Length - 1);
        Assert.Contains("filename=\"image.jpg\"", sent.Body, StringComparison.Ordinal);
        Assert.Contains("Content-Type: image/jpeg", sent.Body, StringComparison.Ordinal);
        Assert.All(OpenApiDescription.Official.MembersOf("CreateImageEditRequest"), name => Assert.True(sent.Body.Contains($"name=\"{name}\"", StringComparison.Ordinal) || sent.Body.Contains($"name=\"{name}[]\"", StringComparison.Ordinal), name));
        Assert.DoesNotContain("a.png", sent.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"url":"","b64_json":"PNG"}""", true)]
    [InlineData("""{"url":"https://example.com/a.png","b64_json":""}""", false)]
    [InlineData("""{"url":"data:image/png;base64,PNG"}""", true)]
    [InlineData("""{"b64_json":"data:image/png;base64,PNG"}""", true)]
    [InlineData("""{"url":"https://example.com/a.png","b64_json":"PNG"}""", true)]
    public async Task Answer_BytesOrAddress_IsReadByWhatIsThere(string item, bool hasBytes)
    {
        using RawServer server = RawServer.Answering(200, $$"""{"created":0,"data":[{{item.Replace("PNG", Pictures.Base64, StringComparison.Ordinal)}}]}""");

        ChatImage image = Assert.Single(await MakeAsync(server, Cat));

        Assert.Equal(hasBytes, image.Data is not null);
        Assert.Equal(hasBytes ? null : "https://example.com/a.png", image.Url);
        Assert.Equal(hasBytes ? (2, 3) : null, image.Width is { } width ? (width, image.Height!.Value) : ((int, int)?)null);
        Assert.Null(image.Created);
    }

    [Theory]
    [InlineData("1700000000")]
    [InlineData("1700000000000")]
    [InlineData("\"1700000000\"")]
    [InlineData("\"2023-11-14T22:13:20+00:00\"")]
    public async Task Answer_CreatedInAnyForm_IsTheTime(string created)
    {
        using RawServer server = RawServer.Answering(200, $$"""{"created":{{created}},"images":[{"url":"https://example.com/a.png"}],"seed":5}""");

        ChatImage image = Assert.Single(await MakeAsync(server, Cat));

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), image.Created);
        Assert.Equal(5, image.Seed);
    }

    [Theory]
    [InlineData("""{"created":1,"data":[]}""")]
    [InlineData("""{"created":1,"data":[{"url":"","b64_json":""}]}""")]
    [InlineData("""{"data":[{"b64_json":"bm8gcGljdHVyZQ=="}]}""")]
    [InlineData("""{"data":[{"b64_json":"%%%"}]}""")]
    [InlineData("""<html><title>Busy</title></html>""")]
    public async Task Answer_WithoutAPicture_IsAFailure(string answer)
    {
        using RawServer server = RawServer.Answering(200, answer);

        Assert.Equal(ErrorIds.BadResponse, (await Assert.ThrowsAsync<ChatServiceException>(() => MakeAsync(server, Cat))).ErrorId);
    }

    [Fact]
    public async Task Answer_Tokens_AreCountedAndPricedOnce()
    {
        using RawServer server = RawServer.Answering(200, $$"""{"data":[{"b64_json":"{{Pictures.Base64}}"},{"b64_json":"{{Pictures.Base64}}"}],"usage":{"input_tokens":10,"output_tokens":1000,"total_tokens":1010} }""");
        CallSettings priced = new() { Prices = new PriceTable([new ModelPrice("m", 1_000, 10) { Units = new Dictionary<string, decimal> { [PriceUnits.Image] = 0.5m } }]) };

        IReadOnlyList<ChatImage> images = await MakeAsync(server, Cat with { N = 2 }, priced);

        Assert.Equal([1010, null], images.Select(image => image.Usage?.TotalTokens));
        Assert.Equal([0.01m + 0.01m + 1m, null], images.Select(image => image.Cost));
        Assert.DoesNotContain(Pictures.Base64 + Pictures.Base64, images[0].Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raw_LongBytes_AreLeftOut()
    {
        string large = Convert.ToBase64String([.. Pictures.Png, .. new byte[5000]]);
        using RawServer server = RawServer.Answering(200, $$"""{"data":[{"b64_json":"{{large}}","revised_prompt":"{{string.Concat(Enumerable.Repeat("a word ", 200))}}"}]}""");

        ChatImage image = Assert.Single(await MakeAsync(server, Cat));

        Assert.DoesNotContain("AAAAAAAA", image.Raw, StringComparison.Ordinal);
        Assert.Contains("a word a word", image.Raw, StringComparison.Ordinal);
        Assert.Equal(5000 + Pictures.Png.Length, image.Data!.Length);
    }

    [Fact]
    public async Task N_AboveWhatTheServiceTakes_IsAskedOneByOne()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);

        IReadOnlyList<ChatImage> images = await MakeAsync(connection, Cat with { Model = "dall-e-3", N = 3 });
        IReadOnlyList<ChatImage> more = await MakeAsync(connection, Cat with { Model = "dall-e-3", N = 2 });

        Assert.Equal([0, 1, 2], images.Select(image => image.Part));
        Assert.Equal(2, more.Count);

        // The refusal is met once.
        Assert.Equal(1 + 3 + 2, sandbox.GetRequests().Count);
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 5)]
    [InlineData(6, 1)]
    [InlineData(9, 1)]
    public async Task N_ServiceThatGivesFewer_IsAskedForOneEachAfterwards(int atOnce, int requests)
    {
        string[] answers = [.. new[] { atOnce }.Concat(Enumerable.Repeat(1, 5)).Select(count => $$"""{"data":[{{string.Join(',', Enumerable.Repeat($$"""{"b64_json":"{{Pictures.Base64}}"}""", count))}}]}""")];
        using RawServer server = RawServer.Start([.. answers.Select(answer => RawServer.Answer(200, answer))]);
        CallSettings priced = new() { Prices = new PriceTable([new ModelPrice("m", 0, 0) { Units = new Dictionary<string, decimal> { [PriceUnits.Image] = 1 } }]) };

        IReadOnlyList<ChatImage> images = await MakeAsync(server, Cat with { N = 6 }, priced);

        Assert.Equal(Enumerable.Range(0, Math.Max(6, atOnce)), images.Select(image => image.Part));
        Assert.Equal(images.Count, images.Sum(image => image.Cost ?? 0));
        Assert.Equal([6, .. Enumerable.Repeat(1, requests - 1)], server.Exchanges.Select(exchange => JsonDocument.Parse(exchange.Body).RootElement.GetProperty("n").GetInt32()));
    }

    [Theory]
    [InlineData("png", true)]
    [InlineData(null, true)]
    [InlineData("svg", false)]
    public async Task Answer_SvgWhereNoneWasAskedFor_IsWarnedOf(string? format, bool warns)
    {
        List<string> warnings = [];
        using RawServer server = RawServer.Answering(200, $$"""{"data":[{"b64_json":"{{Convert.ToBase64String("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"u8)}}"}]}""");

        Assert.Equal("image/svg+xml", Assert.Single(await MakeAsync(server, Cat with { OutputFormat = format }, new CallSettings { Warning = warnings.Add })).MediaType);

        Assert.Equal(warns, warnings.Exists(warning => warning.Contains("SVG", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    [InlineData(0, 5)]
    [InlineData(100_000, 5)]
    public void Open_PictureThatSaysItIsLargerThanAnyIs_IsRefused(int width, int height)
    {
        string path = Save("a.png", Pictures.PngOf(width, height));

        ChatServiceException ofFile = Assert.Throws<ChatServiceException>(() => ImageFile.Open(path, "-Mask"));
        ChatServiceException ofBytes = Assert.Throws<ChatServiceException>(() => ImageFile.Of(Pictures.PngOf(width, height), "-Image"));

        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"-Mask: '{path}' says that it has {(uint)width}x{(uint)height} pixels"), ofFile.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.InvalidRequest, ofBytes.ErrorId);
    }

    [Fact]
    public async Task Edit_PictureThatHasChanged_IsNoFailureOfTheConnection()
    {
        string path = Save("a.png", [.. Pictures.Png, .. new byte[500]]);
        ImageFile image = ImageFile.Open(path, "-Image");
        Save("a.png", Pictures.Png);
        using RawServer server = RawServer.Answering(200, "{}");

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => MakeAsync(server, Cat with { Images = [image] }));

        Assert.Equal((ErrorIds.InvalidRequest, $"'{path}' was changed while it was sent."), (failure.ErrorId, failure.Message));
    }

    [Fact]
    public async Task N_AboveTen_IsAskedInParts()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);

        IReadOnlyList<ChatImage> images = await MakeAsync(connection, Cat with { N = 12 });

        Assert.Equal(Enumerable.Range(0, 12), images.Select(image => image.Part));
        Assert.Equal(["10", "2"], sandbox.GetRequests().Select(request => JsonDocument.Parse(request.Body!).RootElement.GetProperty("n").GetRawText()));
    }

    [Fact]
    public async Task Stream_Previews_ComeBeforeThePicture()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);

        IReadOnlyList<ChatImage> images = await MakeAsync(connection, Cat with { Stream = true, PartialImage = 2, N = 2 });

        Assert.Equal([true, true, false, true, true, false], images.Select(image => image.IsPartial));
        Assert.Equal([0, 1, null, 0, 1, null], images.Select(image => image.PartialIndex));
        Assert.Equal([0, 0, 0, 1, 1, 1], images.Select(image => image.Part));
        Assert.All(images.Where(image => !image.IsPartial), image => Assert.True(image.Usage!.OutputTokens > 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: [DONE]\n\n")]
    public async Task Stream_EndsAfterAPreview_IsAFailureThatKeepsIt(string end)
    {
        string preview = $$"""{"type":"image_generation.partial_image","b64_json":"{{Pictures.Base64}}","partial_image_index":1}""";
        using RawServer server = RawServer.Streaming($"event: image_generation.partial_image\ndata: {preview}\n\n{end}");

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => MakeAsync(server, Cat with { Stream = true, PartialImage = 2 }));

        Assert.True(failure.ErrorId is ErrorIds.StreamTruncated or ErrorIds.BadResponse, failure.ErrorId);
        Assert.Equal(1, failure.PartialImage!.PartialIndex);
        Assert.Equal(Pictures.Png, failure.PartialImage.Data);
    }

    [Fact]
    public async Task Stream_ErrorEvent_IsTheServicesError()
    {
        using RawServer server = RawServer.Streaming("event: error\ndata: {\"type\":\"error\",\"error\":{\"code\":\"moderation_blocked\",\"message\":\"No.\"}}\n\n");

        Assert.Equal(ErrorIds.ContentFiltered, (await Assert.ThrowsAsync<ChatServiceException>(() => MakeAsync(server, Cat with { Stream = true }))).ErrorId);
    }

    [Theory]
    [InlineData("gpt-x")]
    [InlineData("dall-e-3")]
    public async Task Prompt_AgainstTheRules_IsContentFiltered(string model)
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);

        Assert.Equal(ErrorIds.ContentFiltered, (await Assert.ThrowsAsync<ChatServiceException>(() => MakeAsync(connection, Cat with { Model = model, Prompt = "forbidden" }))).ErrorId);
    }

    [Fact]
    public async Task Ideogram_TextDateAndUnsafePicture_AreTwoRows()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);

        IReadOnlyList<ChatImage> images = await MakeAsync(connection, Cat with { Prompt = "an unsafe cat", Model = "V_2", Form = "Ideogram", N = 2, AspectRatio = "16:9", Style = "realistic" });

        Assert.Equal([true, false], images.Select(image => image.IsSafe));
        Assert.Equal([true, false], images.Select(image => image.Url is not null));
        Assert.Equal([12345, 12346], images.Select(image => image.Seed));
        Assert.All(images, image => Assert.NotNull(image.Created));
        var sent = Assert.Single(sandbox.GetRequests());
        Assert.Equal("/ideogram/generate", sent.Path);
        Assert.Equal("""{"image_request":{"prompt":"an unsafe cat","model":"V_2","aspect_ratio":"ASPECT_16_9","style_type":"REALISTIC","num_images":2}}""", sent.Body);
    }

    [Theory]
    [InlineData("Ideogram", false, "/ideogram/remix")]
    [InlineData("Ideogram", true, "/ideogram/edit")]
    [InlineData("IdeogramV3", false, "/ideogram/v1/ideogram-v3/remix")]
    [InlineData("IdeogramV3", true, "/ideogram/v1/ideogram-v3/edit")]
    public async Task Ideogram_Pictures_AreRemixedOrEdited(string form, bool hasMask, string path)
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);

        Assert.Single(await MakeAsync(connection, Cat with { Form = form, Images = [ImageFile.Of(Pictures.Png, "-Image")], Mask = hasMask ? ImageFile.Of(Pictures.Png, "-Mask") : null }));

        Assert.Equal(path, sandbox.GetRequests()[0].Path);
    }

    [Theory]
    [InlineData("core", "/v2beta/stable-image/generate/core", false)]
    [InlineData("stable-image-ultra", "/v2beta/stable-image/generate/ultra", false)]
    [InlineData("sd3.5-large", "/v2beta/stable-image/generate/sd3", true)]
    public async Task Stability_Model_IsAnAddressOrAField(string model, string path, bool isField)
    {
        using RawServer server = RawServer.Answering(200, Raw(Pictures.Png), "application/json", "seed: 99", "finish-reason: SUCCESS");

        // Whatever the label says, the bytes are those of a picture; of these here only the first few survive as text.
        await Assert.ThrowsAsync<ChatServiceException>(() => MakeAsync(server, Cat with { Model = model, Form = "Stability" }));

        Assert.StartsWith($"POST {path} ", server.Exchanges[0].Head, StringComparison.Ordinal);
        Assert.Equal("image/*", server.Exchanges[0].Header("Accept"));
        Assert.Equal(isField, server.Exchanges[0].Body.Contains("name=\"model\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stability_RawPictureUnderAnyLabel_IsThePicture()
    {
        using RawServer server = RawServer.Start(exchange => exchange.WriteAsync(
            [.. System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nseed: 99\r\nContent-Length: {Pictures.Png.Length}\r\nConnection: close\r\n\r\n")), .. Pictures.Png]));

        ChatImage image = Assert.Single(await MakeAsync(server, Cat with { Form = "Stability" }));

        Assert.Equal(Pictures.Png, image.Data);
        Assert.Equal((99, "image/png"), (image.Seed, image.MediaType));
    }

    [Theory]
    [InlineData("""{"image":"PNG","finish_reason":"SUCCESS","seed":7}""", null)]
    [InlineData("""{"image":"PNG","finish_reason":"CONTENT_FILTERED","seed":7}""", ErrorIds.ContentFiltered)]
    [InlineData("""{"finish_reason":"SUCCESS"}""", ErrorIds.BadResponse)]
    public async Task Stability_JsonUnderThePicturesLabel_IsReadAsJson(string answer, string? errorId)
    {
        using RawServer server = RawServer.Answering(200, answer.Replace("PNG", Pictures.Base64, StringComparison.Ordinal), "image/png");

        Exception? failure = await Record.ExceptionAsync(() => MakeAsync(server, Cat with { Form = "Stability" }));

        Assert.Equal(errorId, (failure as ChatServiceException)?.ErrorId);
    }

    [Fact]
    public async Task Form_OfVendorsAddress_IsItsOwn()
    {
        using ServiceConnection connection = Engine.Connect(new Uri("https://api.ideogram.ai/v1"));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => MakeAsync(connection, Cat with { Background = "opaque" }));

        Assert.Contains("IdeogramV3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_WhatCannotBeSent_NamesParameterAndWayOut()
    {
        using ServiceConnection connection = Engine.Connect(new Uri("https://api.example.com/v1"));
        foreach ((ImageRequest request, string parameter) in new[]
        {
            (Cat with { Prompt = " " }, "prompt"), (Cat with { N = 0 }, "-N"), (Cat with { OutputCompression = 101 }, "-OutputCompression"), (Cat with { PartialImage = 4 }, "-PartialImage"),
            (Cat with { FrameCount = 1 }, "-FrameCount"), (Cat with { Form = "Stability", Size = "1x1" }, "-Size"), (Cat with { Form = "Nope" }, "-Form"),
            (Cat with { Images = [.. Enumerable.Repeat(ImageFile.Of(Pictures.Png, "-Image"), 17)] }, "-Image"),
            (Cat with { Images = [ImageFile.Of(Pictures.Png, "-Image")], Mask = ImageFile.Of(Pictures.PngOf(9, 9), "-Mask") }, "-Mask"),
            (Cat with { Images = [ImageFile.Of(Pictures.JpegOf(4, 4), "-Image")], Mask = ImageFile.Of(Pictures.JpegOf(4, 4), "-Mask") }, "-Mask"),
        })
        {
            Assert.Contains(parameter, Engine.AssertInvalid(() => connection.Images.Check(request)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("cat.png", "hello")]
    [InlineData("cat.png", "GIF89a")]
    [InlineData("cat.webp", "")]
    public void Image_ThatIsNone_IsRefused(string name, string content) =>
        Assert.Contains(name, Engine.AssertInvalid(() => ImageFile.Open(Save(name, System.Text.Encoding.ASCII.GetBytes(content)), "-Image")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Budget_PricesOfPictures_EndTheRun()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);
        PriceTable prices = new([new ModelPrice("dall-e-3", 0, 0) { Units = new Dictionary<string, decimal> { [PriceUnits.Image] = 0.04m } }]);
        Budget budget = new(null, 0.1m, prices);
        ImageRun run = new() { Budget = budget };
        CallSettings priced = new() { Prices = prices };

        await CollectAsync(connection.Images.MakeAsync(Cat with { Model = "dall-e-3", N = 2 }, run, priced, CancellationToken.None));
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => CollectAsync(connection.Images.MakeAsync(Cat with { Model = "dall-e-3" }, run, priced, CancellationToken.None)));

        Assert.Equal(ErrorIds.BudgetExceeded, failure.ErrorId);
        Assert.Equal(0.08m, budget.Cost);
    }

    private static string Raw(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    private static Task<List<ChatImage>> CollectAsync(IAsyncEnumerable<ChatImage> images) => Engine.CollectAsync(images).WaitAsync(Engine.Patience);

    private static async Task<IReadOnlyList<ChatImage>> MakeAsync(RawServer server, ImageRequest request, CallSettings? settings = null)
    {
        using ServiceConnection connection = Engine.Connect(server);
        return await MakeAsync(connection, request, settings);
    }

    private static async Task<IReadOnlyList<ChatImage>> MakeAsync(ServiceConnection connection, ImageRequest request, CallSettings? settings = null) =>
        await CollectAsync(connection.Images.MakeAsync(request, new ImageRun(), settings ?? CallSettings.None, CancellationToken.None));

    private string Save(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
