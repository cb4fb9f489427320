using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ChatPS.Sandbox.Tests;

/// <summary>A family that is added by one entry: forms and bytes, over real HTTP.</summary>
public sealed class NewFamilyTests : IDisposable
{
    private static readonly byte[] Sound = [.. Enumerable.Range(0, 1000).Select(static i => (byte)i)];

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };
    private SandboxServer? _server;

    public void Dispose()
    {
        _client.Dispose();
        _server?.Dispose();
    }

    [Fact]
    public async Task Upload_Form_IsReadWithItsFieldsAndFiles()
    {
        JsonElement file = await UploadAsync(Sound, "Grüße.wav");

        Assert.Equal(("assistants", "Grüße.wav", "audio/wav", 1000), (
            file.GetProperty("purpose").GetString(), file.GetProperty("filename").GetString(), file.GetProperty("type").GetString(), file.GetProperty("bytes").GetInt32()));
        Assert.Equal("[multipart/form-data, ", _server!.GetRequests()[0].Body[..22]);
    }

    [Fact]
    public async Task Rule_ForAForm_IsFoundByItsFields()
    {
        Start(new SandboxOptions { Rules = [new SandboxRule { Path = "/v1/parcels", Model = "whisper*", Prompt = "*names*", Response = "scripted" }] });
        using MultipartFormDataContent form = new() { { new StringContent("whisper-1"), "model" }, { new StringContent("The names: Ann"), "prompt" }, { new ByteArrayContent(Sound), "file", "a.wav" } };

        using HttpResponseMessage response = await _client.PostAsync(Address("/parcels"), form);

        Assert.Equal("scripted", await response.Content.ReadAsStringAsync());
        Assert.Equal(("whisper-1", "The names: Ann"), (_server!.GetRequests()[0].Model, _server.GetRequests()[0].Prompt));
    }

    [Theory]
    [InlineData("purpose", "file")]
    [InlineData("file", "purpose")]
    public async Task Upload_WithoutAPart_NamesIt(string there, string missing)
    {
        using MultipartFormDataContent form = [];
        if (there == "file")
        {
            form.Add(new ByteArrayContent(Sound), "file", "a.wav");
        }
        else
        {
            form.Add(new StringContent("assistants"), "purpose");
        }

        JsonElement error = await FailAsync(400, form);

        Assert.Equal(("missing_required_parameter", missing), (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=other", 400)]
    [InlineData("multipart/form-data; boundary=\"x", 415)]
    [InlineData("multipart/form-data", 400)]
    [InlineData("multipart/form-data; boundary=\"\"", 400)]
    [InlineData("application/json", 415)]
    [InlineData("multipart/mixed; boundary=x", 415)]
    [InlineData("", 415)]
    public async Task Upload_WrongContentType_IsRefusedInOfficialForm(string type, int status)
    {
        using ByteArrayContent content = new("--x\r\nContent-Disposition: form-data; name=purpose\r\n\r\nassistants\r\n--x--\r\n"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        JsonElement error = await FailAsync(status, content);

        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Upload_TooLarge_IsRefused()
    {
        Start(new SandboxOptions { MaxBodyBytes = 100 });
        using MultipartFormDataContent form = new() { { new ByteArrayContent(Sound), "file", "a.wav" } };

        using HttpResponseMessage response = await _client.PostAsync(Address("/parcels"), form);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Download_Whole_HasItsTypeAndLength()
    {
        using HttpResponseMessage response = await _client.GetAsync(await ContentAsync(Sound));

        Assert.Equal(("audio/wav", 1000L, "bytes"), (response.Content.Headers.ContentType?.ToString(), response.Content.Headers.ContentLength, Assert.Single(response.Headers.AcceptRanges)));
        Assert.Equal(Sound, await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=990-", 990, 10)]
    [InlineData("bytes=10-19", 10, 10)]
    [InlineData("bytes=990-5000", 990, 10)]
    [InlineData("bytes=-7", 993, 7)]
    [InlineData("bytes=-5000", 0, 1000)]
    public async Task Download_Range_IsThatPart(string range, int start, int length)
    {
        using HttpResponseMessage response = await GetAsync(await ContentAsync(Sound), ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal($"bytes {start}-{start + length - 1}/1000", response.Content.Headers.ContentRange?.ToString());
        Assert.Equal(Sound.AsSpan(start, length).ToArray(), await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=1-2,4-5")]
    [InlineData("bytes=9-3")]
    [InlineData("bytes=x-")]
    [InlineData("bytes=-")]
    [InlineData("bytes=99999999999999999999-")]
    [InlineData("lines=1-2")]
    public async Task Download_RangeOfAnotherForm_IsAnsweredWithAll(string range)
    {
        using HttpResponseMessage response = await GetAsync(await ContentAsync(Sound), ("Range", range));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Sound, await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=1000-")]
    [InlineData("bytes=-0")]
    public async Task Download_RangeBehindTheEnd_IsRefused(string range)
    {
        using HttpResponseMessage response = await GetAsync(await ContentAsync(Sound), ("Range", range));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal("bytes */1000", response.Content.Headers.ContentRange?.ToString());
    }

    [Fact]
    public async Task Download_KnownTag_HasNoBody()
    {
        Uri address = await ContentAsync(Sound);
        using HttpResponseMessage first = await _client.GetAsync(address);
        string tag = first.Headers.ETag!.ToString();

        using HttpResponseMessage again = await GetAsync(address, ("If-None-Match", "\"other\", " + tag));
        using HttpResponseMessage other = await GetAsync(address, ("If-None-Match", "\"other\""));

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (again.StatusCode, other.StatusCode));
        Assert.Equal(tag, again.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task Download_RangeOfOtherBytes_IsAnsweredWithAll()
    {
        using HttpResponseMessage response = await GetAsync(await ContentAsync(Sound), ("Range", "bytes=5-"), ("If-Range", "\"other\""));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1000, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Download_ConnectionBreaks_CanBeTakenUpAgain()
    {
        Start(new SandboxOptions { Faults = [new SandboxFault { Kind = SandboxFaultKind.ResetMidStream, Path = "*/content", Times = 1 }] });
        Uri address = await ContentAsync(Sound);
        byte[] received = new byte[1000];
        int count = 0;
        using HttpResponseMessage broken = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await broken.Content.ReadAsStreamAsync();
        Exception? end = await Record.ExceptionAsync(async () =>
        {
            for (int read = 1; read > 0; count += read)
            {
                read = await stream.ReadAsync(received.AsMemory(count));
            }
        });

        using HttpResponseMessage rest = await GetAsync(address, ("Range", $"bytes={count}-"), ("If-Range", broken.Headers.ETag!.ToString()));
        byte[] second = await rest.Content.ReadAsByteArrayAsync();

        Assert.IsAssignableFrom<IOException>(end);
        Assert.Equal((500, HttpStatusCode.PartialContent), (count, rest.StatusCode));
        Assert.Equal(Sound, received[..count].Concat(second));
    }

    [Fact]
    public async Task Download_EmptyFile_HasLengthZero()
    {
        using HttpResponseMessage response = await _client.GetAsync(await ContentAsync([]));

        Assert.Equal((HttpStatusCode.OK, 0L), (response.StatusCode, response.Content.Headers.ContentLength));
    }

    [Theory]
    [InlineData("GET", "/parcels/none/content", 404)]
    [InlineData("GET", "/parcels", 405)]
    [InlineData("POST", "/parcels/x/content", 405)]
    [InlineData("GET", "/parcels/x", 404)]
    public async Task Request_OfWhatIsNotThere_IsRefusedInOfficialForm(string method, string path, int status)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), Address(path));
        using HttpResponseMessage response = await _client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains("invalid_request_error", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private void Start(SandboxOptions options) => _server = SandboxServer.Start(options, [.. KnownFamilies.All, FileFamily.Create]);

    private Uri Address(string path)
    {
        if (_server is null)
        {
            Start(new SandboxOptions());
        }

        return new Uri($"http://127.0.0.1:{_server!.Port}/v1{path}");
    }

    private async Task<JsonElement> UploadAsync(byte[] content, string name)
    {
        ByteArrayContent file = new(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        using MultipartFormDataContent form = new() { { new StringContent("assistants", Encoding.UTF8), "purpose" }, { file, "file", name } };
        using HttpResponseMessage response = await _client.PostAsync(Address("/parcels"), form);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    private async Task<Uri> ContentAsync(byte[] content) => Address($"/parcels/{(await UploadAsync(content, "a.wav")).GetProperty("id").GetString()}/content");

    private async Task<JsonElement> FailAsync(int status, HttpContent content)
    {
        using HttpResponseMessage response = await _client.PostAsync(Address("/parcels"), content);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, text);
        return JsonElement.Parse(text).GetProperty("error");
    }

    private async Task<HttpResponseMessage> GetAsync(Uri address, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request);
    }
}
