using System.Net;
using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Tests;

public sealed class MessageBatchTests : SandboxTest
{
    private const string Path = "/v1/messages/batches";

    public MessageBatchTests() => Client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");

    [Fact]
    public async Task Batch_LookedAt_GoesOnAndEnds()
    {
        JsonElement made = await AskAsync(Path, Batch("one", "two", "three"));
        string id = made.GetProperty("id").GetString()!;
        List<string?> statuses = [made.GetProperty("processing_status").GetString()];
        JsonElement batch = made;
        for (int look = 0; look < 4; look++)
        {
            Assert.Equal(3, batch.GetProperty("request_counts").GetProperty("processing").GetInt32());
            Assert.Equal(JsonValueKind.Null, batch.GetProperty("results_url").ValueKind);
            batch = await GetAsync(id);
            statuses.Add(batch.GetProperty("processing_status").GetString());
        }

        Assert.Equal(["in_progress", "in_progress", "in_progress", "in_progress", "ended"], statuses);
        Assert.Equal("""{"processing":0,"succeeded":3,"errored":0,"canceled":0,"expired":0}""", batch.GetProperty("request_counts").GetRawText());
        Assert.EndsWith($"{Path}/{id}/results", batch.GetProperty("results_url").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, batch.GetProperty("ended_at").ValueKind);
    }

    [Fact]
    public async Task Results_OfAllKinds_ComeInAnotherOrderWithTheAnswersOfLiveCalls()
    {
        string id = await EndAsync(Batch("hi", "[fail]", "[expire]", "[cancel]"));
        JsonElement[] results = await ResultsAsync(id);

        Assert.Equal(["id-1", "id-3", "id-0", "id-2"], results.Select(result => result.GetProperty("custom_id").GetString()));
        Assert.Equal(["errored", "canceled", "succeeded", "expired"], results.Select(result => result.GetProperty("result").GetProperty("type").GetString()));
        Assert.Equal("You said: hi", results[2].GetProperty("result").GetProperty("message").GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal("invalid_request_error", results[0].GetProperty("result").GetProperty("error").GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Results_RequestThatWouldBeRefusedLive_SaysWhatTheServiceWouldHaveSaid()
    {
        string id = await EndAsync("""{"requests":[{"custom_id":"a","params":{"model":"m","messages":[{"role":"user","content":"hi"}]}},{"custom_id":"b","params":{"model":"m","max_tokens":9,"stream":false,"messages":[{"role":"user","content":"hi"}]}}]}""");
        JsonElement[] results = await ResultsAsync(id);

        Assert.Equal("stream: Extra inputs are not permitted", results[0].GetProperty("result").GetProperty("error").GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("max_tokens: Field required", results[1].GetProperty("result").GetProperty("error").GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Cancel_BatchUnderWay_IsBeingStoppedForALook()
    {
        string id = (await AskAsync(Path, Batch("one", "two", "three", "four"))).GetProperty("id").GetString()!;
        JsonElement stopped = await AskAsync($"{Path}/{id}/cancel", "");
        JsonElement first = await GetAsync(id);
        JsonElement second = await GetAsync(id);

        Assert.Equal(["canceling", "canceling", "ended"], new[] { stopped, first, second }.Select(batch => batch.GetProperty("processing_status").GetString()));
        Assert.NotEqual(JsonValueKind.Null, second.GetProperty("cancel_initiated_at").ValueKind);
        Assert.Equal("""{"processing":0,"succeeded":2,"errored":0,"canceled":2,"expired":0}""", second.GetProperty("request_counts").GetRawText());
        using HttpResponseMessage again = await PostAsync($"{Path}/{id}/cancel", "");
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Theory]
    [InlineData("[expired]", """{"processing":0,"succeeded":1,"errored":0,"canceled":0,"expired":1}""")]
    [InlineData("[archived]", """{"processing":0,"succeeded":2,"errored":0,"canceled":0,"expired":0}""")]
    public async Task Batch_WordInAPrompt_EndsOtherwise(string word, string counts)
    {
        string id = await EndAsync(Batch("one", word));
        JsonElement batch = await GetAsync(id);

        Assert.Equal(counts, batch.GetProperty("request_counts").GetRawText());
        Assert.Equal(word == "[archived]", batch.GetProperty("archived_at").ValueKind == JsonValueKind.String);
        Assert.Equal(word == "[archived]", batch.GetProperty("results_url").ValueKind == JsonValueKind.Null);
        using HttpResponseMessage results = await Client.GetAsync(Address($"{Path}/{id}/results"));
        Assert.Equal(word == "[archived]" ? HttpStatusCode.NotFound : HttpStatusCode.OK, results.StatusCode);
    }

    [Fact]
    public async Task Batch_OlderThanItsLifetime_Expires()
    {
        DateTimeOffset now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        Start(new SandboxOptions { Clock = () => now, Limits = new SandboxLimits { BatchLifetime = TimeSpan.FromHours(1) } });
        string id = (await AskAsync(Path, Batch("one", "two"))).GetProperty("id").GetString()!;
        now += TimeSpan.FromHours(1);
        JsonElement batch = await GetAsync(id);

        Assert.Equal("ended", batch.GetProperty("processing_status").GetString());
        Assert.Equal(1, batch.GetProperty("request_counts").GetProperty("expired").GetInt32());
        Assert.Equal("2026-11-01T01:00:00.000000Z", batch.GetProperty("expires_at").GetString());
    }

    [Fact]
    public async Task List_Pages_GoFromTheYoungestOn()
    {
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 1).Select(_ => MakeAsync())), await MakeAsync(), await MakeAsync()];
        JsonElement first = await JsonOfAsync($"{Path}?limit=2");
        JsonElement second = await JsonOfAsync($"{Path}?limit=2&after_id={ids[1]}");

        Assert.Equal([ids[2], ids[1]], first.GetProperty("data").EnumerateArray().Select(batch => batch.GetProperty("id").GetString()));
        Assert.True(first.GetProperty("has_more").GetBoolean());
        Assert.Equal([ids[0]], second.GetProperty("data").EnumerateArray().Select(batch => batch.GetProperty("id").GetString()));
        Assert.False(second.GetProperty("has_more").GetBoolean());

        async Task<string> MakeAsync() => (await AskAsync(Path, Batch("one"))).GetProperty("id").GetString()!;
    }

    [Fact]
    public async Task Delete_EndedBatch_IsGone()
    {
        string id = await EndAsync(Batch("one"));
        using HttpResponseMessage deleted = await Client.DeleteAsync(Address($"{Path}/{id}"));
        using HttpResponseMessage gone = await Client.GetAsync(Address($"{Path}/{id}"));

        Assert.Equal($$"""{"id":"{{id}}","type":"message_batch_deleted"}""", await deleted.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("""{"requests":[]}""", "at least 1 item")]
    [InlineData("""{"reqs":[]}""", "not valid JSON")]
    [InlineData("""{"requests":[{"custom_id":"a b","params":{}}]}""", "requests.0.custom_id: String should match pattern")]
    [InlineData("""{"requests":[{"custom_id":"a","params":{}},{"custom_id":"a","params":{}}]}""", "requests.1.custom_id: 'a' is the id of another request")]
    [InlineData("""{"requests":[{"custom_id":"a"}]}""", "requests.0.params: Field required")]
    [InlineData("""{"requests":[{"custom_id":"a","params":{}}""", "not valid JSON")]
    [InlineData("""{"requests":[{"custom_id":"a","params":{}},{"custom_id":"b","params":{}},{"custom_id":"c","params":{}}]}""", "at most 2 items")]
    public async Task Create_WrongBody_IsRefused(string body, string message)
    {
        Start(new SandboxOptions { Limits = new SandboxLimits { BatchRequests = 2 } });
        using HttpResponseMessage response = await PostAsync(Path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, Parse(await response.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_BodyAboveTheLimit_IsTooLarge()
    {
        Start(new SandboxOptions { Limits = new SandboxLimits { BatchBytes = 100 } });
        using HttpResponseMessage response = await PostAsync(Path, Batch(new string('x', 200)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Create_BodyLargerThanTheBuffer_IsReadPieceByPiece()
    {
        string[] prompts = [.. Enumerable.Range(0, 300).Select(number => new string((char)('a' + (number % 26)), number * 10) + number)];
        JsonElement[] results = await ResultsAsync(await EndAsync(Batch(prompts)));

        Assert.Equal(
            prompts.Select(prompt => "You said: " + prompt),
            results.OrderBy(result => int.Parse(result.GetProperty("custom_id").GetString()![3..], System.Globalization.CultureInfo.InvariantCulture))
                .Select(result => result.GetProperty("result").GetProperty("message").GetProperty("content")[0].GetProperty("text").GetString()));
    }

    private static string Batch(params string[] prompts)
    {
        StringBuilder body = new("""{ "requests" : [""");
        for (int i = 0; i < prompts.Length; i++)
        {
            body.Append(i == 0 ? "" : ",\n").Append(System.Globalization.CultureInfo.InvariantCulture, $$$"""{"custom_id":"id-{{{i}}}","params":{"model":"m","max_tokens":99999,"messages":[{"role":"user","content":{{{JsonSerializer.Serialize(prompts[i])}}}}]}}""");
        }

        return body.Append("]}\n").ToString();
    }

    private async Task<string> EndAsync(string body)
    {
        string id = (await AskAsync(Path, body)).GetProperty("id").GetString()!;
        for (int look = 0; look < 3; look++)
        {
            await GetAsync(id);
        }

        Assert.Equal("ended", (await GetAsync(id)).GetProperty("processing_status").GetString());
        return id;
    }

    private Task<JsonElement> GetAsync(string id) => JsonOfAsync($"{Path}/{id}");

    private async Task<JsonElement> JsonOfAsync(string path) => Parse(await Client.GetStringAsync(Address(path)));

    private async Task<JsonElement[]> ResultsAsync(string id) =>
        [.. (await Client.GetStringAsync(Address($"{Path}/{id}/results"))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
}
