using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatPS.Sandbox.Play;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Sandbox.Tests;

public sealed class BatchTests : SandboxTest
{
    private const string Path = "/v1/batches";

    [Fact]
    public async Task Batch_LookedAt_GoesOnAndEndsWithTheAnswersOfLiveCalls()
    {
        JsonElement live = await AskChatAsync("eins");
        JsonElement made = await StartAsync(Line("a", "eins"), Line("b", "zwei"), Line("c", "drei"));
        List<string?> seen = [Status(made)];
        JsonElement batch = made;
        for (int look = 0; look < 4; look++)
        {
            batch = await GetAsync($"{Path}/{Id(made)}");
            seen.Add(Status(batch));
            AssertOfficial("Batch", batch);
        }

        List<JsonElement> lines = await LinesAsync(batch, "output_file_id");
        JsonElement body = lines.Single(line => line.GetProperty("custom_id").GetString() == "a").GetProperty("response").GetProperty("body");

        Assert.Equal(["validating", "in_progress", "in_progress", "finalizing", "completed"], seen);
        Assert.Equal((3, 3, 0), Counts(batch));
        Assert.NotEqual(["a", "b", "c"], lines.Select(line => line.GetProperty("custom_id").GetString()));
        Assert.Equal(ContentOf(live), ContentOf(body));
        Assert.Equal(live.EnumerateObject().Select(member => member.Name), body.EnumerateObject().Select(member => member.Name));
        Assert.Empty(OpenApiDescription.Official.Validate("CreateChatCompletionResponse", body.GetRawText()));
        Assert.Equal(JsonValueKind.Null, batch.GetProperty("error_file_id").ValueKind);
        Assert.Equal("sandbox-mini", batch.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Requests_ThatDoNotSucceed_StandInTheErrorFile()
    {
        JsonElement batch = await RunAsync(Line("a", "eins"), Line("b", "zwei [fail]"), Line("c", "drei [expire]"), Line("d", "vier [lose]"), Line("e", "fünf [cancel]"), Line("f", "sechs", "\"temperature\":9"));

        string[] good = [.. (await LinesAsync(batch, "output_file_id")).Select(line => line.GetProperty("custom_id").GetString()!)];
        Dictionary<string, JsonElement> bad = (await LinesAsync(batch, "error_file_id")).ToDictionary(line => line.GetProperty("custom_id").GetString()!, StringComparer.Ordinal);

        Assert.Equal(["a"], good);
        Assert.Equal(["b", "c", "e", "f"], bad.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(400, bad["b"].GetProperty("response").GetProperty("status_code").GetInt32());
        Assert.Equal("temperature", bad["f"].GetProperty("response").GetProperty("body").GetProperty("error").GetProperty("param").GetString());
        Assert.Equal(("batch_expired", "batch_cancelled"), (bad["c"].GetProperty("error").GetProperty("code").GetString(), bad["e"].GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal((6, 1, 4), Counts(batch));
    }

    [Fact]
    public async Task Batch_OfNothingButFailures_HasAnErrorFileAlone()
    {
        JsonElement batch = await RunAsync(Line("a", "eins [fail]"));

        Assert.Equal("completed", Status(batch));
        Assert.Equal(JsonValueKind.Null, batch.GetProperty("output_file_id").ValueKind);
        Assert.Single(await LinesAsync(batch, "error_file_id"));
    }

    [Theory]
    [InlineData("\uFEFF{0}\n{1}\n", "invalid_json_line", 1)]
    [InlineData("{0}\r\n{1}\r\n", "invalid_json_line", 1)]
    [InlineData("{0}\nno json\n", "invalid_json_line", 2)]
    [InlineData("{0}\n[]\n", "invalid_json_line", 2)]
    [InlineData("{0}\n{0}\n", "duplicate_custom_id", 2)]
    [InlineData("{0}\n{2}\n", "mismatched_url", 2)]
    [InlineData("{0}\n{3}\n", "mismatched_model", 2)]
    [InlineData("{0}\n{4}\n", "missing_required_parameter", 2)]
    [InlineData("", "empty_file", null)]
    [InlineData("\n", "empty_file", null)]
    [InlineData("{0}\n{1}\n{5}\n{6}\n", "too_many_requests", null)]
    public async Task File_ThatIsWrong_FailsTheBatchAndNamesTheLine(string form, string code, int? line)
    {
        Start(new SandboxOptions { Limits = new SandboxLimits { BatchRequests = 3 } });
        string text = form;
        string[] lines =
        [
            Line("a", "eins"), Line("b", "zwei"), Line("b", "zwei").Replace("/v1/chat/completions", "/v1/responses", StringComparison.Ordinal),
            Line("b", "zwei").Replace("sandbox-mini", "sandbox-large", StringComparison.Ordinal), Line("", "zwei"), Line("c", "drei"), Line("d", "vier"),
        ];
        for (int at = 0; at < lines.Length; at++)
        {
            text = text.Replace(string.Create(CultureInfo.InvariantCulture, $"{{{at}}}"), lines[at], StringComparison.Ordinal);
        }

        JsonElement batch = await WaitAsync(await CreateAsync(await UploadAsync(text)));

        JsonElement error = batch.GetProperty("errors").GetProperty("data")[0];
        Assert.Equal("failed", Status(batch));
        Assert.Equal((code, line), (error.GetProperty("code").GetString(), error.GetProperty("line").ValueKind == JsonValueKind.Null ? null : error.GetProperty("line").GetInt32()));
        AssertOfficial("Batch", batch);
    }

    [Fact]
    public async Task Vectors_AboveTheLimitOfInputs_FailTheBatch()
    {
        Start(new SandboxOptions { Limits = new SandboxLimits { BatchInputs = 3 } });
        string line = """{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{"model":"m","input":["1","2","3","4"]}}""";

        JsonElement batch = await WaitAsync(await CreateAsync(await UploadAsync(line), endpoint: "/v1/embeddings"));

        Assert.Equal("too_many_inputs", batch.GetProperty("errors").GetProperty("data")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Queue_IsSharedByBatchesAndFreedByTheirEnds()
    {
        string prompt = new('x', 400);
        Start(new SandboxOptions { Limits = new SandboxLimits { BatchQueueTokens = 250 } });
        string first = Id(await StartAsync(Line("a", prompt)));
        await GetAsync($"{Path}/{first}");

        JsonElement refused = await RunAsync(Line("a", prompt));
        await WaitAsync(await GetAsync($"{Path}/{first}"));
        JsonElement taken = await RunAsync(Line("a", prompt));

        Assert.Equal(("failed", "token_limit_exceeded"), (Status(refused), refused.GetProperty("errors").GetProperty("data")[0].GetProperty("code").GetString()));
        Assert.Equal("completed", Status(taken));
    }

    [Theory]
    [InlineData("[expire]", "expired", "batch_expired")]
    [InlineData("[cancel]", "cancelled", "batch_cancelled")]
    public async Task Label_OfABatch_EndsItWhenHalfOfItIsDone(string word, string status, string code)
    {
        JsonElement batch = await WaitAsync(await CreateAsync(await UploadAsync(Line("a", "1"), Line("b", "2"), Line("c", "3"), Line("d", "4")), $$""","metadata":{"mode":"{{word}}"} """));

        Assert.Equal(status, Status(batch));
        Assert.Equal(2, (await LinesAsync(batch, "output_file_id")).Count);
        Assert.All(await LinesAsync(batch, "error_file_id"), line => Assert.Equal(code, line.GetProperty("error").GetProperty("code").GetString()));
        AssertOfficial("Batch", batch);
    }

    [Fact]
    public async Task Batch_WhoseTimeIsUp_Expires()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch.AddYears(50);
        Start(new SandboxOptions { Clock = () => now });
        JsonElement made = await StartAsync(Line("a", "1"), Line("b", "2"));
        await GetAsync($"{Path}/{Id(made)}");
        now += TimeSpan.FromDays(1);

        JsonElement batch = await WaitAsync(made);

        Assert.Equal("expired", Status(batch));
        Assert.Equal(2, (await LinesAsync(batch, "error_file_id")).Count);
    }

    [Fact]
    public async Task Cancel_BeforeTheWorkBegins_LeavesNoFiles()
    {
        JsonElement made = await StartAsync(Line("a", "1"), Line("b", "2"));

        JsonElement cancelling = await AskAsync($"{Path}/{Id(made)}/cancel", "{}");
        JsonElement cancelled = await GetAsync($"{Path}/{Id(made)}");
        JsonElement refusal = await FailAsync(400, $"{Path}/{Id(made)}/cancel", "{}");

        Assert.Equal(("cancelling", "cancelled"), (Status(cancelling), Status(cancelled)));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (cancelled.GetProperty("output_file_id").ValueKind, cancelled.GetProperty("error_file_id").ValueKind));
        Assert.Equal("batch_not_cancellable", refusal.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Cancel_InTheMiddle_KeepsWhatIsDone()
    {
        JsonElement made = await StartAsync(Line("a", "1"), Line("b", "2"));
        await GetAsync($"{Path}/{Id(made)}");
        await GetAsync($"{Path}/{Id(made)}");

        JsonElement batch = await WaitAsync(await AskAsync($"{Path}/{Id(made)}/cancel", "{}"));

        Assert.Equal("cancelled", Status(batch));
        Assert.Single(await LinesAsync(batch, "output_file_id"));
        Assert.Single(await LinesAsync(batch, "error_file_id"));
    }

    [Fact]
    public async Task List_OfBatches_IsInPagesWithTheYoungestFirst()
    {
        string file = await UploadAsync(Line("a", "1"));
        string[] ids = [Id(await CreateAsync(file)), Id(await CreateAsync(file)), Id(await CreateAsync(file))];

        JsonElement first = await GetAsync($"{Path}?limit=2");
        JsonElement second = await GetAsync($"{Path}?limit=2&after={first.GetProperty("last_id").GetString()}");

        Assert.Equal([ids[2], ids[1]], first.GetProperty("data").EnumerateArray().Select(Id));
        Assert.Equal([ids[0]], second.GetProperty("data").EnumerateArray().Select(Id));
        Assert.Equal((true, false), (first.GetProperty("has_more").GetBoolean(), second.GetProperty("has_more").GetBoolean()));
        AssertOfficial("ListBatchesResponse", first);
    }

    [Theory]
    [InlineData("""{"endpoint":"/v1/chat/completions","completion_window":"24h"}""", 400, "input_file_id")]
    [InlineData("""{"input_file_id":"$","endpoint":"/v1/poems","completion_window":"24h"}""", 400, "endpoint")]
    [InlineData("""{"input_file_id":"$","endpoint":"/chat/completions","completion_window":"24h"}""", 400, "endpoint")]
    [InlineData("""{"input_file_id":"$","endpoint":"/v1/chat/completions","completion_window":"1h"}""", 400, "completion_window")]
    [InlineData("""{"input_file_id":"file-nobody","endpoint":"/v1/chat/completions","completion_window":"24h"}""", 404, "id")]
    [InlineData("""{"input_file_id":"$","endpoint":"/v1/chat/completions","completion_window":"24h","output_expires_after":{"anchor":"created_at","seconds":5}}""", 400, "expires_after")]
    public async Task Create_WhatCannotBe_IsRefused(string body, int status, string param)
    {
        string file = await UploadAsync(Line("a", "1"));

        Assert.Equal(param, (await FailAsync(status, Path, body.Replace("$", file, StringComparison.Ordinal))).GetProperty("param").GetString());
    }

    [Fact]
    public async Task Azure_TellsOfABatchInItsOwnWay()
    {
        string line = Line("a", "eins").Replace("/v1/chat", "/chat", StringComparison.Ordinal);
        string file = await UploadAsync("/openai/v1/files", line);
        JsonElement made = await AskAsync("/openai/v1/batches", $$"""{"input_file_id":"{{file}}","endpoint":"/chat/completions","completion_window":"24h"}""");

        JsonElement batch = made;
        for (int look = 0; look < 4; look++)
        {
            batch = await GetAsync($"/openai/v1/batches/{Id(made)}");
        }

        Assert.Equal(("Validating", "/chat/completions"), (Status(made), made.GetProperty("endpoint").GetString()));
        Assert.Equal(JsonValueKind.Null, made.GetProperty("request_counts").GetProperty("total").ValueKind);
        Assert.True(DateTimeOffset.TryParse(made.GetProperty("created_at").GetString(), CultureInfo.InvariantCulture, out _));
        Assert.Equal("completed", Status(batch));
        Assert.Contains("content_filter_results", (await LinesAsync(batch, "output_file_id"))[0].GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/responses", """{"model":"m","input":"eins"}""", "response")]
    [InlineData("/v1/embeddings", """{"model":"m","input":"eins"}""", "list")]
    [InlineData("/v1/completions", """{"model":"m","prompt":"eins"}""", "text_completion")]
    [InlineData("/v1/moderations", """{"model":"omni-moderation-latest","input":"eins"}""", null)]
    public async Task Batch_OfEachEndpoint_IsAnswered(string endpoint, string body, string? kind)
    {
        string file = await UploadAsync($$"""{"custom_id":"a","method":"POST","url":"{{endpoint}}","body":{{body}} }""");

        JsonElement batch = await WaitAsync(await CreateAsync(file, endpoint: endpoint));
        JsonElement answer = (await LinesAsync(batch, "output_file_id"))[0].GetProperty("response").GetProperty("body");

        Assert.Equal(kind, answer.TryGetProperty("object", out JsonElement told) ? told.GetString() : null);
    }

    [Fact]
    public async Task Rules_AndKeys_HoldForBatchesToo()
    {
        Start(new SandboxOptions { RequiredKey = "sk-test-batches", Rules = [new SandboxRule { Prompt = "eins*", Response = "Ruled." }] });
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-test-batches");

        JsonElement batch = await RunAsync(Line("a", "eins"));

        Assert.Equal("Ruled.", ContentOf((await LinesAsync(batch, "output_file_id"))[0].GetProperty("response").GetProperty("body")));
        Assert.DoesNotContain(Server.GetRequests(), request => request.Path == "/v1/chat/completions");
    }

    [Fact]
    public async Task Batch_OfFiftyThousandRequests_IsDone()
    {
        string file = await UploadAsync(string.Join("\n", Enumerable.Range(1, 50_000).Select(number => Line("r-" + number, "eins"))));

        JsonElement batch = await WaitAsync(await CreateAsync(file));

        Assert.Equal((50_000, 50_000, 0), Counts(batch));
    }

    private static string Line(string id, string prompt, string? more = null) =>
        $$$"""{"custom_id":"{{{id}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"sandbox-mini","messages":[{"role":"user","content":"{{{prompt}}}"}]{{{(more is null ? "" : "," + more)}}} }}""";

    private static string Id(JsonElement item) => item.GetProperty("id").GetString()!;

    private static string? Status(JsonElement batch) => batch.GetProperty("status").GetString();

    private static (int Total, int Completed, int Failed) Counts(JsonElement batch)
    {
        JsonElement counts = batch.GetProperty("request_counts");
        return (counts.GetProperty("total").GetInt32(), counts.GetProperty("completed").GetInt32(), counts.GetProperty("failed").GetInt32());
    }

    // The description's own example has nulls where its types allow none.
    private static void AssertOfficial(string schema, JsonElement answer)
    {
        JsonNode node = JsonNode.Parse(answer.GetRawText())!;
        foreach (JsonObject batch in node["data"] is JsonArray list ? list.Select(item => item!.AsObject()) : [node.AsObject()])
        {
            foreach (string name in batch.Where(member => member.Value is null).Select(member => member.Key).ToArray())
            {
                batch.Remove(name);
            }
        }

        Assert.Empty(OpenApiDescription.Official.Validate(schema, node.ToJsonString()));
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(Address(path));
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return Parse(text);
    }

    private Task<string> UploadAsync(params string[] lines) => UploadAsync("/v1/files", string.Concat(lines.Length == 1 ? lines : lines.Select(line => line + "\n")));

    private async Task<string> UploadAsync(string path, string text)
    {
        using MultipartFormDataContent form = new()
        {
            { new StringContent("batch"), "purpose" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "part.jsonl" },
        };
        using HttpResponseMessage response = await Client.PostAsync(Address(path), form);
        string answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        return Id(Parse(answer));
    }

    private Task<JsonElement> CreateAsync(string file, string more = "", string endpoint = "/v1/chat/completions") =>
        AskAsync(Path, $$"""{"input_file_id":"{{file}}","endpoint":"{{endpoint}}","completion_window":"24h"{{more}} }""");

    private async Task<JsonElement> StartAsync(params string[] lines) => await CreateAsync(await UploadAsync(lines));

    private async Task<JsonElement> RunAsync(params string[] lines) => await WaitAsync(await StartAsync(lines));

    private async Task<JsonElement> WaitAsync(JsonElement batch)
    {
        for (int looks = 0; Status(batch) is "validating" or "in_progress" or "finalizing" or "cancelling"; looks++)
        {
            Assert.InRange(looks, 0, 10);
            batch = await GetAsync($"{Path}/{Id(batch)}");
        }

        return batch;
    }

    private async Task<List<JsonElement>> LinesAsync(JsonElement batch, string file)
    {
        using HttpResponseMessage response = await Client.GetAsync(Address($"/v1/files/{batch.GetProperty(file).GetString()}/content"));
        return [.. (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }
}
