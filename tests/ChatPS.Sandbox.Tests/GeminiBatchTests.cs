using System.Net;
using System.Text.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Tests;

public sealed class GeminiBatchTests : SandboxTest
{
    private const string Create = "/v1beta/models/sandbox-mini:batchGenerateContent";
    private const string Embed = "/v1beta/models/sandbox-mini:asyncBatchEmbedContent";

    [Fact]
    public async Task Batch_LookedAt_GoesOnAndEndsWithItsResults()
    {
        JsonElement made = await AskAsync(Create, Batch(Content("a", "hi"), Content("b", "[fail]")));
        string name = made.GetProperty("name").GetString()!;
        List<string?> states = [State(made)];
        JsonElement operation = made;
        for (int look = 0; look < 4; look++)
        {
            Assert.False(operation.TryGetProperty("done", out _));
            operation = await GetAsync(name);
            states.Add(State(operation));
        }

        Assert.Equal(["BATCH_STATE_PENDING", "BATCH_STATE_PENDING", "BATCH_STATE_RUNNING", "BATCH_STATE_RUNNING", "BATCH_STATE_SUCCEEDED"], states);
        Assert.Equal("night", operation.GetProperty("metadata").GetProperty("displayName").GetString());
        Assert.Equal("""{"requestCount":"2","successfulRequestCount":"1","failedRequestCount":"1"}""", operation.GetProperty("metadata").GetProperty("batchStats").GetRawText());
        JsonElement results = operation.GetProperty("metadata").GetProperty("output").GetProperty("inlinedResponses").GetProperty("inlinedResponses");
        Assert.Equal("You said: hi", results[0].GetProperty("response").GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0].GetProperty("text").GetString());
        Assert.Equal("a", results[0].GetProperty("metadata").GetProperty("key").GetString());
        Assert.Equal(3, results[1].GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal("b", results[1].GetProperty("metadata").GetProperty("key").GetString());
    }

    [Fact]
    public async Task Batch_OfFile_AnswersWithAFile()
    {
        string file = await UploadAsync("""{"key":"a","request":{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}}""" + "\n" + """{"key":"b","request":{"contents":[]}}""" + "\n" + """{"key":"c","request":{"contents":[{"parts":[{"text":"[expire]"}]}]}}""" + "\n");
        JsonElement operation = await EndAsync(Create, """{"batch":{"displayName":"night","inputConfig":{"fileName":"FILE"}}}""".Replace("FILE", file, StringComparison.Ordinal));
        string results = await Client.GetStringAsync(Address($"/v1beta/{operation.GetProperty("metadata").GetProperty("output").GetProperty("responsesFile").GetString()}:download?alt=media"));
        JsonElement[] lines = [.. results.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

        Assert.Equal(["a", "b", "c"], lines.Select(line => line.GetProperty("key").GetString()));
        Assert.True(lines[0].TryGetProperty("response", out _));
        Assert.Equal(3, lines[1].GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(4, lines[2].GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Batch_OfVectors_HasThoseOfLiveCalls()
    {
        JsonElement live = await AskAsync("/v1beta/models/sandbox-mini:embedContent", """{"content":{"parts":[{"text":"hi"}]},"outputDimensionality":4}""");
        JsonElement operation = await EndAsync(Embed, Batch("""{"request":{"content":{"parts":[{"text":"hi"}]},"outputDimensionality":4}}""", """{"request":{"model":"models/other","content":{"parts":[{"text":"hi"}]}}}"""));
        JsonElement results = operation.GetProperty("metadata").GetProperty("output").GetProperty("inlinedEmbedContentResponses").GetProperty("inlinedResponses");

        Assert.Equal(live.GetRawText(), results[0].GetProperty("response").GetRawText());
        Assert.Equal(3, results[1].GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Cancel_BatchUnderWay_EndsWithHalfOfIt()
    {
        string name = (await AskAsync(Create, Batch(Content("a", "one"), Content("b", "two")))).GetProperty("name").GetString()!;
        Assert.Equal("{}", (await AskAsync($"/v1beta/{name}:cancel", "")).GetRawText());
        Assert.Equal("BATCH_STATE_RUNNING", State(await GetAsync(name)));
        JsonElement operation = await GetAsync(name);

        Assert.Equal("BATCH_STATE_CANCELLED", State(operation));
        JsonElement results = operation.GetProperty("metadata").GetProperty("output").GetProperty("inlinedResponses").GetProperty("inlinedResponses");
        Assert.True(results[0].TryGetProperty("response", out _));
        Assert.Equal(1, results[1].GetProperty("error").GetProperty("code").GetInt32());
        using HttpResponseMessage again = await PostAsync($"/v1beta/{name}:cancel", "");
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Theory]
    [InlineData("[refuse]", "BATCH_STATE_FAILED", "error")]
    [InlineData("[expired]", "BATCH_STATE_EXPIRED", "response")]
    public async Task Batch_WordInAPrompt_EndsOtherwiseAndWithoutResults(string word, string state, string member)
    {
        JsonElement operation = await EndAsync(Create, Batch(Content("a", word)));

        Assert.Equal(state, State(operation));
        Assert.True(operation.TryGetProperty(member, out _));
        Assert.False(operation.GetProperty("metadata").TryGetProperty("output", out _));
    }

    [Fact]
    public async Task List_Pages_GoFromTheYoungestOn()
    {
        string first = (await AskAsync(Create, Batch(Content("a", "one")))).GetProperty("name").GetString()!;
        string second = (await AskAsync(Create, Batch(Content("a", "one")))).GetProperty("name").GetString()!;
        JsonElement page = Parse(await Client.GetStringAsync(Address("/v1beta/batches?pageSize=1")));
        JsonElement last = Parse(await Client.GetStringAsync(Address($"/v1beta/batches?pageSize=1&pageToken={page.GetProperty("nextPageToken").GetString()}")));

        Assert.Equal(second, page.GetProperty("operations")[0].GetProperty("name").GetString());
        Assert.Equal(first, last.GetProperty("operations")[0].GetProperty("name").GetString());
        Assert.False(last.TryGetProperty("nextPageToken", out _));
    }

    [Fact]
    public async Task Delete_Batch_IsGone()
    {
        string name = (await AskAsync(Create, Batch(Content("a", "one")))).GetProperty("name").GetString()!;
        using HttpResponseMessage deleted = await Client.DeleteAsync(Address($"/v1beta/{name}"));
        using HttpResponseMessage gone = await Client.GetAsync(Address($"/v1beta/{name}"));

        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("""{"batch":{"displayName":"n","inputConfig":{}}}""", "requests or fileName must be given")]
    [InlineData("""{"batch":{"displayName":"n","inputConfig":{"requests":{"requests":[]}}}}""", "at least one request")]
    [InlineData("""{"batch":{"displayName":"n","inputConfig":{"requests":{"requests":[{"key":"a","request":{}}]}}}}""", "Unknown name \\\"key\\\"")]
    [InlineData("""{"batch":{"displayName":"n","inputConfig":{"requests":{"requests":[{"request":{}},{"request":{}}]}}}}""", "at most 1 requests")]
    [InlineData("""{"batch":{"displayName":"n","inputConfig":{"fileName":"files/none"}}}""", "was not found")]
    public async Task Create_WrongBody_IsRefused(string body, string message)
    {
        Start(new SandboxOptions { Limits = new SandboxLimits { BatchRequests = 1 } });
        using HttpResponseMessage response = await PostAsync(Create, body);

        Assert.True((int)response.StatusCode is 400 or 404);
        Assert.Contains(message, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Content(string key, string prompt) =>
        $$$"""{"request":{"model":"models/sandbox-mini","contents":[{"role":"user","parts":[{"text":{{{JsonSerializer.Serialize(prompt)}}}}]}]},"metadata":{"key":"{{{key}}}"}}""";

    private static string Batch(params string[] requests) =>
        """{"batch":{"displayName":"night","inputConfig":{"requests":{"requests":[""" + string.Join(",", requests) + "]}}}}";

    private static string? State(JsonElement operation) => operation.GetProperty("metadata").GetProperty("state").GetString();

    private async Task<JsonElement> GetAsync(string name) => Parse(await Client.GetStringAsync(Address("/v1beta/" + name)));

    private async Task<JsonElement> EndAsync(string path, string body)
    {
        string name = (await AskAsync(path, body)).GetProperty("name").GetString()!;
        for (int look = 0; look < 3; look++)
        {
            await GetAsync(name);
        }

        return await GetAsync(name);
    }

    private async Task<string> UploadAsync(string lines)
    {
        using HttpRequestMessage begin = new(HttpMethod.Post, Address("/upload/v1beta/files"));
        begin.Headers.Add("X-Goog-Upload-Protocol", "resumable");
        begin.Headers.Add("X-Goog-Upload-Command", "start");
        begin.Content = Json("""{"file":{"displayName":"part"}}""");
        using HttpResponseMessage begun = await Client.SendAsync(begin);
        using HttpRequestMessage end = new(HttpMethod.Post, begun.Headers.GetValues("X-Goog-Upload-URL").Single());
        end.Headers.Add("X-Goog-Upload-Command", "upload, finalize");
        end.Headers.Add("X-Goog-Upload-Offset", "0");
        end.Content = new StringContent(lines);
        using HttpResponseMessage ended = await Client.SendAsync(end);
        return Parse(await ended.Content.ReadAsStringAsync()).GetProperty("file").GetProperty("name").GetString()!;
    }
}
