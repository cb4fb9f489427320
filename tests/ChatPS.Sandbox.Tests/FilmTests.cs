using System.Net;
using System.Text.Json;

namespace ChatPS.Sandbox.Tests;

/// <summary>Films: each family has its own words, its own refusals and its own places for an address.</summary>
public sealed class FilmTests : SandboxTest
{
    [Theory]
    [InlineData("/v1/video/generations", "/v1/video/generations/{0}", """{"model":"m","prompt":"a fox"}""", "id", "data.status", "QUEUED,IN_PROGRESS,IN_PROGRESS,SUCCESS", "data.result_url")]
    [InlineData("/v1/video/generations", "/v1/video/generations/{0}", """{"model":"sandbox-veo","prompt":"a fox"}""", "id", "data.status", "queued,processing,processing,succeeded", "data.url")]
    [InlineData("/v1/video/create", "/v1/video/query?id={0}", """{"model":"m","prompt":"a fox"}""", "id", "status", "pending,processing,processing,completed", "video_url")]
    [InlineData("/v1/videos", "/v1/videos/{0}", """{"model":"m","prompt":"a fox"}""", "id", "status", "queued,unknown,in_progress,completed", "metadata.url")]
    [InlineData("/v1/videos/text2video", "/v1/videos/text2video/{0}", """{"prompt":"a fox","duration":"5"}""", "data.task_id", "data.task_status", "submitted,processing,processing,succeed", "data.task_result.videos.0.url")]
    [InlineData("/kling/v1/videos/text2video", "/kling/v1/videos/text2video/{0}", """{"prompt":"a fox"}""", "task_id", "data.status", "QUEUED,IN_PROGRESS,IN_PROGRESS,SUCCESS", "data.data.data.task_result.videos.0.url")]
    [InlineData("/v2/video_generation", "/v2/query/video_generation/{0}", """{"model":"m","content":[{"type":"text","text":"a fox"}]}""", "task_id", "task.status", "queued,running,running,succeeded", "task.content.url")]
    [InlineData("/vidu/ent/v2/text2video", "/vidu/ent/v2/tasks/{0}/creations", """{"model":"m","prompt":"a fox"}""", "task_id", "state", "queueing,processing,processing,success", "creations.0.url")]
    [InlineData("/api/v3/contents/generations/tasks", "/api/v3/contents/generations/tasks/{0}", """{"model":"m","content":[{"type":"text","text":"a fox"}]}""", "id", "status", "queued,running,running,succeeded", "content.video_url")]
    public async Task Look_FourTimes_GoesFromTheQueueToTheAddress(string submit, string look, string body, string id, string status, string words, string address)
    {
        string task = Find(await AskAsync(submit, body), id)!;
        List<string?> said = [];
        JsonElement last = default;
        for (int round = 0; round < 4; round++)
        {
            last = Parse(await Client.GetStringAsync(Address(string.Format(System.Globalization.CultureInfo.InvariantCulture, look, Uri.EscapeDataString(task)))));
            said.Add(Find(last, status));
        }

        Assert.Equal(words, string.Join(',', said));
        using HttpResponseMessage film = await Client.GetAsync(Find(last, address));
        Assert.Equal((HttpStatusCode.OK, "video/mp4"), (film.StatusCode, film.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("/v1/video/generations", """{"model":"m","prompt":"a fox [refuse]"}""", 400, "code", "prompt_sensitive")]
    [InlineData("/v1/video/create", """{"model":"m","prompt":"a fox [refuse]"}""", 200, "error.code", "sensitive_words")]
    [InlineData("/v1/videos", """{"model":"m","prompt":"a fox [refuse]"}""", 400, "error.code", "moderation_blocked")]
    [InlineData("/v1/videos/text2video", """{"prompt":"a fox [refuse]"}""", 200, "code", "1301")]
    [InlineData("/v1/videos/text2video", """{"prompt":"a fox","duration":5}""", 400, "error.code", "invalid_type")]
    [InlineData("/v1/videos/image2video", """{"prompt":"a fox"}""", 400, "error.param", "image")]
    [InlineData("/minimax/v1/video_generation", """{"model":"m","prompt":"a fox [refuse]"}""", 200, "base_resp.status_code", "1026")]
    [InlineData("/minimax/v1/video_generation", """{"model":"m"}""", 200, "base_resp.status_code", "2013")]
    [InlineData("/vidu/ent/v2/img2video", """{"model":"m","prompt":"a fox"}""", 400, "reason", "CallParameterInvalid")]
    [InlineData("/ent/v2/text2video", """{"model":"m","prompt":"a fox [refuse]"}""", 400, "reason", "AuditSubmitIllegal")]
    [InlineData("/volc/v1/contents/generations/tasks", """{"model":"m","content":[]}""", 400, "error.param", "content")]
    [InlineData("/jimeng/?Action=CVSync2AsyncSubmitTask", """{"req_key":"m","prompt":"a fox [refuse]"}""", 200, "code", "50412")]
    [InlineData("/jimeng/", """{"req_key":"m","prompt":"a fox"}""", 400, "code", "invalid_action")]
    [InlineData("/v1beta/models/m:predictLongRunning", """{"instances":[{"prompt":"a fox [refuse]"}]}""", 400, "error.status", "INVALID_ARGUMENT")]
    public async Task Submit_WhatIsNotTaken_IsRefusedInTheFamilysOwnWay(string path, string body, int status, string member, string expected)
    {
        using HttpResponseMessage response = await PostAsync(path, body);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(expected, Find(Parse(await response.Content.ReadAsStringAsync()), member));
    }

    [Theory]
    [InlineData("/v1/video/generations/none", 400, "code", "task_not_exist")]
    [InlineData("/v1/videos/none", 400, "code", "task_not_exist")]
    [InlineData("/v1/videos/image2video/none", 404, "code", "1203")]
    [InlineData("/minimax/v1/query/video_generation?task_id=none", 200, "base_resp.status_code", "2013")]
    [InlineData("/ent/v2/tasks/none/creations", 404, "reason", "TaskNotFound")]
    [InlineData("/api/v3/contents/generations/tasks/none", 404, "error.code", "ResourceNotFound")]
    [InlineData("/v1beta/models/m/operations/none", 404, "error.status", "NOT_FOUND")]
    public async Task Look_IdThatNobodyKnows_IsToldInTheFamilysOwnWay(string path, int status, string member, string expected)
    {
        using HttpResponseMessage response = await Client.GetAsync(Address(path));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(expected, Find(Parse(await response.Content.ReadAsStringAsync()), member));
    }

    [Fact]
    public async Task Look_Jimeng_IsAPost()
    {
        string id = Find(await AskAsync("/jimeng/?Action=CVSync2AsyncSubmitTask&Version=2022-08-31", """{"req_key":"m","prompt":"a fox"}"""), "data.task_id")!;
        List<string?> said = [];
        for (int round = 0; round < 4; round++)
        {
            said.Add(Find(await AskAsync("/jimeng/?Action=CVSync2AsyncGetResult&Version=2022-08-31", $$"""{"req_key":"m","task_id":"{{id}}"}"""), "data.status"));
        }

        Assert.Equal(["in_queue", "generating", "generating", "done"], said);
    }

    [Fact]
    public async Task Look_Veo_SaysNothingUntilItIsDone()
    {
        string name = Find(await AskAsync("/v1beta/models/m:predictLongRunning", """{"instances":[{"prompt":"a fox [fail]"}]}"""), "name")!;
        List<string?> said = [];
        JsonElement last = default;
        for (int round = 0; round < 4; round++)
        {
            last = Parse(await Client.GetStringAsync(Address("/v1beta/" + name)));
            said.Add(Find(last, "done"));
        }

        Assert.Equal([null, null, null, "True"], said);
        Assert.Equal("1", Find(last, "response.generateVideoResponse.raiMediaFilteredCount"));
    }

    [Fact]
    public async Task Submit_ViduWithTheWrongWordBeforeTheKey_IsRefused()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Address("/ent/v2/tasks/none/creations"));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer sk-test-1");

        using HttpResponseMessage response = await Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Submit_FormOfOpenAIsVideo_NeedsAPicture()
    {
        using MultipartFormDataContent form = new() { { new StringContent("m"), "model" }, { new StringContent("a fox"), "prompt" } };
        using HttpResponseMessage without = await Client.PostAsync(Address("/v1/videos"), form);
        using MultipartFormDataContent whole = new() { { new StringContent("m"), "model" }, { new StringContent("a fox"), "prompt" }, { new ByteArrayContent([1, 2]), "input_reference", "a.png" } };
        using HttpResponseMessage with = await Client.PostAsync(Address("/v1/videos"), whole);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
    }

    // Where a member stands, with dots between levels and numbers for places in a list.
    private static string? Find(JsonElement json, string path)
    {
        JsonElement at = json;
        foreach (string name in path.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Array)
            {
                at = at[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ToString();
    }
}
