using System.Net;
using System.Text.Json;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Sandbox.Tests;

public sealed class ResourceTests : SandboxTest
{
    [Fact]
    public async Task VectorStore_FromFileToSearch_IsAsDescribed()
    {
        string file = await UploadAsync("notes.md", "web01 is the mail server.\n\nweb02 is its spare.");
        JsonElement store = await AskAsync("/v1/vector_stores", """{"name":"notes","expires_after":{"anchor":"last_active_at","days":2},"metadata":{"a":"b"}}""");
        IsAsDescribed("VectorStoreObject", store);
        string at = "/v1/vector_stores/" + Id(store);

        JsonElement added = await AskAsync(at + "/files", $$$"""{"file_id":"{{{file}}}","attributes":{"team":"ops"}}""");
        IsAsDescribed("VectorStoreFileObject", added);
        Assert.Equal("in_progress", Status(added));
        Assert.Equal("in_progress", Status(await GetAsync(at)));
        Assert.Equal("completed", Status(await GetAsync($"{at}/files/{file}")));
        IsAsDescribed("ListVectorStoreFilesResponse", await GetAsync(at + "/files?filter=completed"));
        IsAsDescribed("VectorStoreFileContentResponse", await GetAsync($"{at}/files/{file}/content"));

        JsonElement found = await AskAsync(at + "/search", """{"query":"its spare","max_num_results":1,"filters":{"type":"eq","key":"team","value":"ops"}}""");
        IsAsDescribed("VectorStoreSearchResultsPage", found);
        Assert.Equal("web02 is its spare.", found.GetProperty("data")[0].GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(0, (await AskAsync(at + "/search", """{"query":"spare","filters":{"type":"ne","key":"team","value":"ops"}}""")).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task VectorStore_ThatAloneIsLookedAt_IsCompleted()
    {
        string file = await UploadAsync("notes.md", "x");
        string at = "/v1/vector_stores/" + Id(await AskAsync("/v1/vector_stores", $$"""{"file_ids":["{{file}}"]}"""));

        Assert.Equal("in_progress", Status(await GetAsync(at)));
        Assert.Equal("completed", Status(await GetAsync(at)));
    }

    [Fact]
    public async Task VectorStore_FileThatIsBroken_Fails()
    {
        string file = await UploadAsync("broken.pdf", "x");
        string at = "/v1/vector_stores/" + Id(await AskAsync("/v1/vector_stores", "{}"));
        JsonElement batch = await AskAsync(at + "/file_batches", $$"""{"file_ids":["{{file}}"]}""");
        IsAsDescribed("VectorStoreFileBatchObject", batch);
        string batchAt = $"{at}/file_batches/{Id(batch)}";

        Assert.Equal("in_progress", Status(await GetAsync(batchAt)));
        Assert.Equal("failed", Status(await GetAsync(batchAt)));
        Assert.Equal("invalid_file", (await GetAsync(batchAt + "/files")).GetProperty("data")[0].GetProperty("last_error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task VectorStore_BatchThatIsStopped_IsCancelled()
    {
        string file = await UploadAsync("notes.md", "x");
        string at = "/v1/vector_stores/" + Id(await AskAsync("/v1/vector_stores", "{}"));
        string batch = Id(await AskAsync(at + "/file_batches", $$"""{"files":[{"file_id":"{{file}}"}]}"""));

        Assert.Equal("cancelled", Status(await AskAsync($"{at}/file_batches/{batch}/cancel", "{}")));
        Assert.Equal("cancelled", Status(await GetAsync($"{at}/files/{file}")));
    }

    [Fact]
    public async Task Pages_BothWays_HoldTogether()
    {
        List<string> ids = [];
        for (int made = 0; made < 5; made++)
        {
            ids.Add(Id(await AskAsync("/v1/vector_stores", "{}")));
        }

        JsonElement after = await GetAsync($"/v1/vector_stores?order=asc&limit=2&after={ids[1]}");
        JsonElement before = await GetAsync($"/v1/vector_stores?order=asc&limit=2&before={ids[3]}");

        IsAsDescribed("ListVectorStoresResponse", after);
        Assert.Equal([ids[2], ids[3]], after.GetProperty("data").EnumerateArray().Select(Id));
        Assert.Equal([ids[1], ids[2]], before.GetProperty("data").EnumerateArray().Select(Id));
        Assert.True(after.GetProperty("has_more").GetBoolean());
    }

    [Fact]
    public async Task Expiry_WhenTheTimeIsOver_IsTold()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch.AddYears(56);
        Start(new SandboxOptions { Clock = () => now });
        string store = Id(await AskAsync("/v1/vector_stores", """{"expires_after":{"anchor":"last_active_at","days":1}}"""));
        string container = Id(await AskAsync("/v1/containers", """{"name":"sums"}"""));
        IsAsDescribed("ContainerResource", await GetAsync("/v1/containers/" + container));

        now = now.AddDays(2);

        Assert.Equal("expired", Status(await GetAsync("/v1/vector_stores/" + store)));
        Assert.Equal("expired", Status(await GetAsync("/v1/containers/" + container)));
        await FailAsync(400, $"/v1/vector_stores/{store}/search", """{"query":"x"}""");
    }

    [Fact]
    public async Task Conversation_ThatAResponseGoesOnWith_HasItsItems()
    {
        JsonElement conversation = await AskAsync("/v1/conversations", """{"items":[{"type":"message","role":"user","content":"My server is called web01."}],"metadata":{"a":"b"}}""");
        IsAsDescribed("ConversationResource", conversation);

        await AskAsync("/v1/responses", $$"""{"model":"m","input":"hi","conversation":"{{Id(conversation)}}"}""");
        JsonElement items = await GetAsync($"/v1/conversations/{Id(conversation)}/items?order=asc");

        IsAsDescribed("ConversationItemList", items);
        Assert.Equal(["user", "user", "assistant"], items.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task FileSearch_OfAStoreThatIsThere_CitesItsFiles()
    {
        string file = await UploadAsync("notes.md", "web01 is the mail server.");
        string store = Id(await AskAsync("/v1/vector_stores", $$"""{"file_ids":["{{file}}"]}"""));
        await GetAsync($"/v1/vector_stores/{store}/files/{file}");
        await GetAsync($"/v1/vector_stores/{store}/files/{file}");

        JsonElement response = await AskAsync(
            "/v1/responses", $$"""{"model":"m","input":"Which is the mail server?","tools":[{"type":"file_search","vector_store_ids":["{{store}}"]}],"include":["file_search_call.results"]}""");

        JsonElement output = response.GetProperty("output");
        Assert.Equal("web01 is the mail server.", output[0].GetProperty("results")[0].GetProperty("text").GetString());
        Assert.Equal(file, output[1].GetProperty("content")[0].GetProperty("annotations")[0].GetProperty("file_id").GetString());
    }

    [Theory]
    [InlineData("/v1/vector_stores/x")]
    [InlineData("/v1/containers/x/files")]
    [InlineData("/v1/conversations/x")]
    [InlineData("/v1/skills/x/versions/1")]
    [InlineData("/v1/audio/voice_consents/x")]
    public async Task Get_WhatIsNotThere_IsNotFound(string path) => Assert.Equal("invalid_request_error", (await GetAsync(path, 404)).GetProperty("error").GetProperty("type").GetString());

    private static void IsAsDescribed(string schema, JsonElement answer) => Assert.Empty(OpenApiDescription.Official.Validate(schema, answer.GetRawText()));

    private static string? Status(JsonElement thing) => thing.GetProperty("status").GetString();

    private static string Id(JsonElement thing) => thing.GetProperty("id").GetString()!;

    private async Task<JsonElement> GetAsync(string path, int status = 200)
    {
        using HttpResponseMessage response = await Client.GetAsync(Address(path));
        string text = await response.Content.ReadAsStringAsync();
        Assert.True((HttpStatusCode)status == response.StatusCode, text);
        return Parse(text);
    }

    private async Task<string> UploadAsync(string name, string text)
    {
        using MultipartFormDataContent form = new() { { new StringContent("assistants"), "purpose" }, { new StringContent(text), "file", name } };
        using HttpResponseMessage response = await Client.PostAsync(Address("/v1/files"), form);
        string answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        return Id(Parse(answer));
    }
}
