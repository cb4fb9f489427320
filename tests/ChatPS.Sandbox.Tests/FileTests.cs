using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Tests;

public sealed class FileTests : SandboxTest
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("One line\nand another one\n");

    [Theory]
    [InlineData("/v1")]
    [InlineData("/openai/v1")]
    public async Task OpenAI_AFile_IsKeptShownReadAndDeleted(string root)
    {
        JsonElement file = await UploadAsync(root + "/files", ("purpose", "user_data"), ("expires_after[anchor]", "created_at"), ("expires_after[seconds]", "3600"));
        string id = file.GetProperty("id").GetString()!;

        JsonElement shown = await GetAsync($"{root}/files/{id}");
        byte[] loaded = await Client.GetByteArrayAsync(Address($"{root}/files/{id}/content"));
        using HttpResponseMessage deleted = await Client.DeleteAsync(Address($"{root}/files/{id}"));
        using HttpResponseMessage gone = await Client.GetAsync(Address($"{root}/files/{id}"));

        Assert.Equal(file.GetRawText(), shown.GetRawText());
        Assert.Equal("notes.txt", shown.GetProperty("filename").GetString());
        Assert.Equal("user_data", shown.GetProperty("purpose").GetString());
        Assert.Equal(Content.Length, shown.GetProperty("bytes").GetInt64());
        Assert.Equal(root == "/v1" ? JsonValueKind.Number : JsonValueKind.String, shown.GetProperty("expires_at").ValueKind);
        Assert.Equal(Content, loaded);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task OpenAI_List_GoesByPurposeOrderAndPage()
    {
        for (int i = 0; i < 3; i++)
        {
            await UploadAsync("/v1/files", ("purpose", i == 1 ? "vision" : "user_data"));
        }

        JsonElement newest = await GetAsync("/v1/files?limit=2");
        JsonElement rest = await GetAsync("/v1/files?limit=2&after=" + newest.GetProperty("last_id").GetString());
        JsonElement ours = await GetAsync("/v1/files?purpose=user_data&order=asc");

        Assert.True(newest.GetProperty("has_more").GetBoolean());
        Assert.False(rest.GetProperty("has_more").GetBoolean());
        Assert.Equal(["file-sandbox-000003", "file-sandbox-000002"], Ids(newest));
        Assert.Equal(["file-sandbox-000001"], Ids(rest));
        Assert.Equal(["file-sandbox-000001", "file-sandbox-000003"], Ids(ours));
    }

    [Fact]
    public async Task OpenAI_Content_IsGivenInRanges()
    {
        JsonElement file = await UploadAsync("/v1/files", ("purpose", "user_data"));
        using HttpRequestMessage request = new(HttpMethod.Get, Address($"/v1/files/{file.GetProperty("id").GetString()}/content"));
        request.Headers.Range = new RangeHeaderValue(4, 7);

        using HttpResponseMessage part = await Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("line", await part.Content.ReadAsStringAsync());
        Assert.Equal($"bytes 4-7/{Content.Length}", part.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData("nonsense", "notes.txt", null, "purpose")]
    [InlineData("batch", "notes.txt", null, ".jsonl")]
    [InlineData("user_data", "notes.txt", "60", "expires_after")]
    public async Task OpenAI_WhatTheServiceRefuses_IsRefused(string purpose, string name, string? seconds, string expected)
    {
        using MultipartFormDataContent form = Form(name, [("purpose", purpose), .. seconds is null ? [] : new[] { ("expires_after[anchor]", "created_at"), ("expires_after[seconds]", seconds) }]);

        using HttpResponseMessage response = await Client.PostAsync(Address("/v1/files"), form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_Expire_ByTheClock()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Start(new SandboxOptions { Clock = () => now });
        JsonElement file = await UploadAsync("/v1/files", ("purpose", "user_data"), ("expires_after[anchor]", "created_at"), ("expires_after[seconds]", "3600"));

        now += TimeSpan.FromHours(2);
        using HttpResponseMessage gone = await Client.GetAsync(Address("/v1/files/" + file.GetProperty("id").GetString()));

        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Limits_ThatATestLowers_Hold()
    {
        Start(new SandboxOptions { Limits = new SandboxLimits { FileBytes = 10, Files = 1 } });
        using MultipartFormDataContent large = Form("notes.txt", [("purpose", "user_data")]);
        using MultipartFormDataContent small = Form("notes.txt", [("purpose", "user_data")], [1]);
        using MultipartFormDataContent second = Form("notes.txt", [("purpose", "user_data")], [2]);

        using HttpResponseMessage tooLarge = await Client.PostAsync(Address("/v1/files"), large);
        using HttpResponseMessage first = await Client.PostAsync(Address("/v1/files"), small);
        using HttpResponseMessage tooMany = await Client.PostAsync(Address("/v1/files"), second);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
    }

    [Fact]
    public async Task Upload_PartsInAnyOrder_BecomeTheFileInTheOrderOfTheirIds()
    {
        JsonElement upload = await AskAsync("/v1/uploads", $$"""{"bytes":{{Content.Length}},"filename":"notes.txt","mime_type":"text/plain","purpose":"user_data"}""");
        string address = "/v1/uploads/" + upload.GetProperty("id").GetString();
        string last = await PartAsync(address, Content[10..]);
        string first = await PartAsync(address, Content[..10]);
#pragma warning disable CA5351 // It is what the service asks for.
        string md5 = Convert.ToHexStringLower(MD5.HashData(Content));
#pragma warning restore CA5351

        await FailAsync(400, address + "/complete", $$"""{"part_ids":["{{first}}"]}""");
        await FailAsync(400, address + "/complete", $$"""{"part_ids":["{{first}}","{{last}}"],"md5":"00"}""");
        JsonElement completed = await AskAsync(address + "/complete", $$"""{"part_ids":["{{first}}","{{last}}"],"md5":"{{md5}}"}""");
        byte[] loaded = await Client.GetByteArrayAsync(Address($"/v1/files/{completed.GetProperty("file").GetProperty("id").GetString()}/content"));

        Assert.Equal("pending", upload.GetProperty("status").GetString());
        Assert.Equal("completed", completed.GetProperty("status").GetString());
        Assert.Equal(Content, loaded);
    }

    [Fact]
    public async Task Upload_AfterItsHour_IsExpired()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Start(new SandboxOptions { Clock = () => now });
        JsonElement upload = await AskAsync("/v1/uploads", """{"bytes":1,"filename":"notes.txt","mime_type":"text/plain","purpose":"user_data"}""");

        now += TimeSpan.FromMinutes(61);
        JsonElement error = await FailAsync(400, $"/v1/uploads/{upload.GetProperty("id").GetString()}/complete", """{"part_ids":[]}""");

        Assert.Equal("upload_expired", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Anthropic_AFile_HasItsOwnForm()
    {
        Client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        JsonElement uploaded = await UploadAsync("/v1/files", ("expires_in_seconds", "3600"));
        string id = uploaded.GetProperty("id").GetString()!;
        using MultipartFormDataContent form = Form("made-chart.png", []);
        using HttpResponseMessage made = await Client.PostAsync(Address("/v1/files"), form);
        string madeId = Parse(await made.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;

        JsonElement page = await GetAsync("/v1/files?limit=1");
        JsonElement next = await GetAsync("/v1/files?limit=1&after_id=" + madeId);
        using HttpResponseMessage refused = await Client.GetAsync(Address($"/v1/files/{id}/content"));
        byte[] loaded = await Client.GetByteArrayAsync(Address($"/v1/files/{madeId}/content"));
        using HttpResponseMessage deleted = await Client.DeleteAsync(Address("/v1/files/" + id));

        Assert.Equal(Content.Length, uploaded.GetProperty("size_bytes").GetInt64());
        Assert.Equal("text/plain", uploaded.GetProperty("mime_type").GetString());
        Assert.False(uploaded.GetProperty("downloadable").GetBoolean());
        Assert.Equal([madeId], Ids(page));
        Assert.True(page.GetProperty("has_more").GetBoolean());
        Assert.Equal([id], Ids(next));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(Content, loaded);
        Assert.Contains("file_deleted", await deleted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gemini_AResumableUpload_GoesOnWhereItWas()
    {
        using HttpResponseMessage started = await GeminiAsync("/upload/v1beta/files", "start", 0, Encoding.UTF8.GetBytes("""{"file":{"displayName":"made-notes"}}"""));
        string address = new Uri(started.Headers.GetValues("X-Goog-Upload-URL").Single()).PathAndQuery;
        using HttpResponseMessage half = await GeminiAsync(address, "upload", 0, Content[..10]);
        using HttpResponseMessage asked = await GeminiAsync(address, "query", null, []);
        using HttpResponseMessage wrong = await GeminiAsync(address, "upload, finalize", 0, Content);
        using HttpResponseMessage ended = await GeminiAsync(address, "upload, finalize", 10, Content[10..]);
        JsonElement file = Parse(await ended.Content.ReadAsStringAsync()).GetProperty("file");

        Assert.Equal(HttpStatusCode.OK, half.StatusCode);
        Assert.Equal("10", asked.Headers.GetValues("X-Goog-Upload-Size-Received").Single());
        Assert.Equal("active", asked.Headers.GetValues("X-Goog-Upload-Status").Single());
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("final", ended.Headers.GetValues("X-Goog-Upload-Status").Single());
        Assert.Equal("made-notes", file.GetProperty("displayName").GetString());
        Assert.Equal(Content.Length.ToString(CultureInfo.InvariantCulture), file.GetProperty("sizeBytes").GetString());

        string name = file.GetProperty("name").GetString()!;
        Assert.Equal(Content, await Client.GetByteArrayAsync(Address($"/v1beta/{name}:download?alt=media")));
        Assert.Equal(name, (await GetAsync("/v1beta/files")).GetProperty("files")[0].GetProperty("name").GetString());
        using HttpResponseMessage deleted = await Client.DeleteAsync(Address("/v1beta/" + name));
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
    }

    private static IEnumerable<string?> Ids(JsonElement list) => list.GetProperty("data").EnumerateArray().Select(file => file.GetProperty("id").GetString());

    private static MultipartFormDataContent Form(string name, (string Name, string Value)[] fields, byte[]? content = null)
    {
        MultipartFormDataContent form = [];
        foreach ((string field, string value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        ByteArrayContent file = new(content ?? Content);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(file, "file", name);
        return form;
    }

    private async Task<JsonElement> UploadAsync(string path, params (string Name, string Value)[] fields)
    {
        using MultipartFormDataContent form = Form("notes.txt", fields);
        using HttpResponseMessage response = await Client.PostAsync(Address(path), form);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return Parse(text);
    }

    private Uri AddressOf(string path) => Address(path);

    private async Task<string> PartAsync(string address, byte[] content)
    {
        using MultipartFormDataContent form = [];
        form.Add(new ByteArrayContent(content), "data", "part");
        using HttpResponseMessage response = await Client.PostAsync(Address(address + "/parts"), form);
        return Parse(await response.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(Address(path));
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return Parse(text);
    }

    private async Task<HttpResponseMessage> GeminiAsync(string path, string command, long? offset, byte[] content)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Address(path)) { Content = new ByteArrayContent(content) };
        request.Headers.Add("X-Goog-Upload-Protocol", "resumable");
        request.Headers.Add("X-Goog-Upload-Command", command);
        if (offset is { } at)
        {
            request.Headers.Add("X-Goog-Upload-Offset", at.ToString(CultureInfo.InvariantCulture));
        }

        return await Client.SendAsync(request);
    }
}
