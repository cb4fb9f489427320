using System.Net;
using System.Text.Json;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Sandbox.Tests;

public sealed class StoredCompletionTests : SandboxTest
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task Chat_WithoutStore_IsNotKept()
    {
        JsonElement answer = await AskChatAsync("hi");

        Assert.Equal(0, (await GetAsync(Path)).GetProperty("data").GetArrayLength());
        Assert.Equal("not_found", (await GetAsync($"{Path}/{Id(answer)}", 404)).GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"stream\":true")]
    public async Task Chat_WithStore_IsKeptWithItsNotes(string more)
    {
        using HttpResponseMessage response = await PostAsync(Path, Chat("hi", ""","store":true,"metadata":{"run":"7"}""" + more));
        await response.Content.ReadAsStringAsync();

        JsonElement list = await GetAsync(Path);
        JsonElement kept = list.GetProperty("data")[0];

        Assert.Empty(OpenApiDescription.Official.Validate("ChatCompletionList", list.GetRawText()));
        Assert.Equal(("You said: hi", "7"), (ContentOf(kept), kept.GetProperty("metadata").GetProperty("run").GetString()));
        Assert.Equal(kept.GetRawText(), (await GetAsync($"{Path}/{Id(kept)}")).GetRawText());
    }

    [Fact]
    public async Task List_Pages_HoldTogether()
    {
        string[] ids = [Id(await StoreAsync("a")), Id(await StoreAsync("b")), Id(await StoreAsync("c"))];

        JsonElement first = await GetAsync($"{Path}?limit=2&order=desc");
        JsonElement second = await GetAsync($"{Path}?limit=2&order=desc&after={first.GetProperty("last_id").GetString()}");

        Assert.Equal([ids[2], ids[1]], first.GetProperty("data").EnumerateArray().Select(Id));
        Assert.True(first.GetProperty("has_more").GetBoolean());
        Assert.Equal([ids[0]], second.GetProperty("data").EnumerateArray().Select(Id));
        Assert.False(second.GetProperty("has_more").GetBoolean());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=x")]
    [InlineData("order=up")]
    public async Task List_QueryThatCannotBe_IsRefused(string query) =>
        Assert.Equal("invalid_request_error", (await GetAsync($"{Path}?{query}", 400)).GetProperty("error").GetProperty("type").GetString());

    [Fact]
    public async Task List_ModelAndMetadata_Filter()
    {
        await StoreAsync("a", ""","metadata":{"run":"1","k k":"x&y"}""");
        await StoreAsync("b", ""","metadata":{"run":"2"}""");

        Assert.Equal(1, (await GetAsync($"{Path}?metadata%5Brun%5D=1&metadata%5Bk%20k%5D=x%26y&model=sandbox-mini")).GetProperty("data").GetArrayLength());
        Assert.Equal(0, (await GetAsync($"{Path}?metadata[run]=3")).GetProperty("data").GetArrayLength());
        Assert.Equal(0, (await GetAsync($"{Path}?model=other")).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Messages_OfAKeptChat_AreWhatWasSent()
    {
        JsonElement answer = await AskAsync(Path, """{"model":"m","store":true,"messages":[{"role":"user","content":[{"type":"text","text":"see"}]},{"role":"assistant","content":"ok"},{"role":"user","content":"and?"}]}""");

        JsonElement list = await GetAsync($"{Path}/{Id(answer)}/messages");

        Assert.Equal([null, "ok", "and?"], list.GetProperty("data").EnumerateArray().Select(message => message.GetProperty("content").GetString()));
        Assert.Equal("see", list.GetProperty("data")[0].GetProperty("content_parts")[0].GetProperty("text").GetString());
        Assert.Equal(list.GetProperty("data")[2].GetProperty("id").GetString(), list.GetProperty("last_id").GetString());

        // The description knows only the assistant as a role, though its own example shows a user.
        Assert.All(OpenApiDescription.Official.Validate("ChatCompletionMessageList", list.GetRawText()), problem => Assert.Contains("role", problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Update_Metadata_IsReplaced()
    {
        string id = Id(await StoreAsync("a", ""","metadata":{"old":"1"}"""));

        JsonElement changed = await AskAsync($"{Path}/{id}", """{"metadata":{"new":"2"}}""");

        Assert.Equal("""{"new":"2"}""", changed.GetProperty("metadata").GetRawText());
        Assert.Equal("metadata", (await FailAsync(400, $"{Path}/{id}", "{}")).GetProperty("param").GetString());
        await FailAsync(404, $"{Path}/none", """{"metadata":{}}""");
    }

    [Fact]
    public async Task Delete_Kept_IsGone()
    {
        string id = Id(await StoreAsync("a"));

        using HttpResponseMessage deleted = await Client.DeleteAsync(Address($"{Path}/{id}"));

        string json = await deleted.Content.ReadAsStringAsync();
        Assert.Equal($$"""{"object":"chat.completion.deleted","id":"{{id}}","deleted":true}""", json);
        Assert.Empty(OpenApiDescription.Official.Validate("ChatCompletionDeleted", json));
        await GetAsync($"{Path}/{id}", 404);
    }

    [Fact]
    public async Task Rule_WithoutPath_IsForQuestionsOnly()
    {
        Start(new SandboxOptions { Rules = [new SandboxRule { StatusCode = 500 }] });

        Assert.Equal(0, (await GetAsync(Path)).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Chat_AudioModality_IsSpoken()
    {
        JsonElement message = (await AskChatAsync("hi", ""","modalities":["text","audio"],"audio":{"voice":"alloy","format":"wav"}""")).GetProperty("choices")[0].GetProperty("message");

        Assert.Equal(JsonValueKind.Null, message.GetProperty("content").ValueKind);
        Assert.Equal("You said: hi", message.GetProperty("audio").GetProperty("transcript").GetString());
        Assert.Equal("RIFF"u8.ToArray(), message.GetProperty("audio").GetProperty("data").GetBytesFromBase64().Take(4));
        Assert.Empty(OpenApiDescription.Official.Validate("ChatCompletionResponseMessage", message.GetRawText()));
        Assert.Equal("audio", (await FailAsync(400, Path, Chat("hi", ""","modalities":["audio"]"""))).GetProperty("param").GetString());
        Assert.Equal("audio.format", (await FailAsync(400, Path, Chat("hi", ""","modalities":["audio"],"audio":{"voice":"a","format":"ogg"}"""))).GetProperty("param").GetString());
    }

    [Fact]
    public async Task Chat_WebSearch_CitesAPage()
    {
        JsonElement message = (await AskChatAsync("hi", ""","web_search_options":{}""")).GetProperty("choices")[0].GetProperty("message");

        Assert.Equal("url_citation", message.GetProperty("annotations")[0].GetProperty("type").GetString());
        Assert.Empty(OpenApiDescription.Official.Validate("ChatCompletionResponseMessage", message.GetRawText()));
    }

    private static string Id(JsonElement completion) => completion.GetProperty("id").GetString()!;

    private Task<JsonElement> StoreAsync(string prompt, string more = "") => AskChatAsync(prompt, ",\"store\":true" + more);

    private async Task<JsonElement> GetAsync(string path, int status = 200)
    {
        using HttpResponseMessage response = await Client.GetAsync(Address(path));
        string text = await response.Content.ReadAsStringAsync();
        Assert.True((HttpStatusCode)status == response.StatusCode, text);
        return Parse(text);
    }
}
