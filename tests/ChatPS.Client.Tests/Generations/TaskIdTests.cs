using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>What counts as the id of a task, and what of a task that may be under way.</summary>
public sealed class TaskIdTests
{
    private static readonly GenerationRequest Fox = new() { Service = "Midjourney", Prompt = "a fox" };

    public static TheoryData<string> NoIds => new()
    {
        "{\"a\":1}", "[\"a\",\"b\"]", "true", "null", "\"\"", "\"  \"", "\".\"", "\"..\"", "\"\\ud800\"", "\"a\\u001b[2J\"", "\"a\\nb\"", "\"a\\u202eb\"", $"\"{new string('x', 501)}\"",
    };

    [Theory]
    [MemberData(nameof(NoIds))]
    public async Task Submit_WhatIsNoId_IsNotTakenForOne(string id)
    {
        foreach (GenerationRequest request in new[] { Fox, Fox with { Service = "Suno" }, Fox with { Service = "Suno", Form = "SunoApi", Model = "m" }, Fox with { Service = "Video", Model = "m" } })
        {
            ChatServiceException failure = await request.RefuseAsync(request.Service switch
            {
                "Midjourney" => $$"""{"code":1,"description":"Submit success","result":{{id}}}""",
                "Suno" when request.Form is null => $$$"""{"code":"success","message":"","data":{"task_id":{{{id}}}}}""",
                "Suno" => $$$"""{"code":200,"msg":"success","data":{"taskId":{{{id}}}}}""",
                _ => $$"""{"task_id":{{id}},"status":"queued"}""",
            });

            Assert.Equal((ErrorIds.BadResponse, $"{request.Service} took the task and gave no id that can be used."), (failure.ErrorId, failure.Message));
            Assert.Contains("may be under way", failure.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("123", "123")]
    [InlineData("\"a/../b\"", "a/../b")]
    public async Task Submit_TextOrNumber_IsAnId(string id, string expected) => Assert.Equal(expected, (await Fox.SubmitAsync($$"""{"code":1,"result":{{id}}}""")).Task.Id);

    [Theory]
    [InlineData("Video", null, """{"code":"warn","message":"accepted with warnings","data":{"task_id":"t9"}}""")]
    [InlineData("Kling", null, """{"code":5002,"message":"internal timeout","data":{"task_id":"t9"}}""")]
    [InlineData("Hailuo", null, """{"task_id":"t9","base_resp":{"status_code":1001,"status_msg":"slow"}}""")]
    [InlineData("Jimeng", null, """{"code":50500,"message":"slow","data":{"task_id":"t9"}}""")]
    [InlineData("Suno", null, """{"code":"warn","message":"slow","data":{"task_id":"t9"}}""")]
    [InlineData("Suno", "SunoApi", """{"code":500,"msg":"slow","data":{"taskId":"t9"}}""")]
    [InlineData("Midjourney", null, """{"code":9,"description":"internal error","result":"t9"}""")]
    public async Task Submit_IdBesideAnOddCode_IsNotThrownAway(string service, string? form, string answer) =>
        Assert.Equal("t9", (await (Fox with { Service = service, Form = form, Model = service == "Midjourney" ? null : "m" }).SubmitAsync(answer)).Task.Id);

    [Theory]
    [InlineData("Midjourney", null)]
    [InlineData("Suno", null)]
    [InlineData("Suno", "SunoApi")]
    [InlineData("Luma", null)]
    [InlineData("Video", null)]
    public async Task Submit_RefusalOfAnotherShape_IsARefusalInItsWords(string service, string? form)
    {
        foreach (string answer in new[] { """{"error":{"message":"no, thank you","code":"x"}}""", """{"error":"no, thank you"}""", """{"message":"no, thank you"}""" })
        {
            ChatServiceException failure = await (Fox with { Service = service, Form = form, Model = service == "Midjourney" ? null : "m" }).RefuseAsync(answer);

            Assert.Contains("no, thank you", failure.Message, StringComparison.Ordinal);
            Assert.NotEqual(ErrorIds.BadResponse, failure.ErrorId);
        }
    }

    [Theory]
    [InlineData("""{"co\ud800de":1,"result":"a1"}""")]
    [InlineData("""{"code":1,"result":"a1","properties":{"\ud800":"\ud800"},"description":"\ud800"}""")]
    public async Task Submit_HalfSurrogate_LosesNoId(string answer) => Assert.Equal("a1", (await Fox.SubmitAsync(answer)).Task.Id);

    [Theory]
    [InlineData("Midjourney", null, """{"id":"zz","status":"SUCCESS","imageUrl":"https://x/a.png"}""")]
    [InlineData("Suno", null, """{"code":"success","data":{"task_id":"zz","status":"SUCCESS"}}""")]
    [InlineData("Suno", "SunoApi", """{"code":200,"data":{"taskId":"zz","status":"SUCCESS"}}""")]
    [InlineData("Luma", null, """{"id":"zz","state":"completed"}""")]
    [InlineData("Runway", null, """{"id":"zz","status":"SUCCEEDED"}""")]
    [InlineData("Kling", null, """{"code":0,"data":{"task_id":"zz","task_status":"succeed"}}""")]
    public async Task Look_AnotherTask_IsNoAnswer(string service, string? form, string answer)
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SentGeneration.LookAsync(new ChatGeneration { Id = "t1", Service = service, Form = form, Action = "Song" }, answer));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Contains("told of another task, 'zz'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_IdOfTheVendorBehindAGateway_IsNoOtherTask() => Assert.Equal(
        ("t1", ChatGenerationStatus.Succeeded),
        (await SentGeneration.LookAsync(new ChatGeneration { Id = "t1", Service = "Video" }, """{"task_id":"vendor-7","status":"SUCCESS","result_url":"https://x/v.mp4"}""")).Task is var seen ? (seen.Id, seen.Status) : default);

    [Theory]
    [InlineData("Midjourney", 200, """{"code":3,"description":"Task does not exist","result":null}""", "Task does not exist")]
    [InlineData("Midjourney", 200, "{}", "There is no such task.")]
    [InlineData("Video", 400, """{"code":"task_not_exist","message":"task_not_exist"}""", "task_not_exist")]
    [InlineData("Video", 404, """{"error":{"message":"Task not found"}}""", "Task not found")]
    [InlineData("Kling", 200, """{"code":"task_not_exist","message":"no such task"}""", "no such task")]
    [InlineData("Suno", 200, """{"code":"success","data":{}}""", "There is no such task.")]
    public async Task Look_TaskThatIsNotKnown_IsTheUsersMatter(string service, int status, string answer, string words)
    {
        using RawServer server = RawServer.Answering(status, answer);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Generations.LookAsync(new ChatGeneration { Id = "t1", Service = service }, CallSettings.None, default));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.StartsWith($"{service} knows no task t1: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Check the id and the connection", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.True(GenerationVigil.IsUnknown(failure));
    }

    [Theory]
    [InlineData("Midjourney", """[null,7,{"status":"SUCCESS"},{"id":"t1","status":"SUCCESS","x\ud800":"\ud800"},{"id":"t1","status":"FAILURE"},{"id":"other"},{"id":2,"status":"IN_PROGRESS"}]""")]
    [InlineData("Suno", """{"code":"success","data":[null,7,{"status":"SUCCESS"},{"task_id":"t1","status":"SUCCESS","x\ud800":"\ud800"},{"task_id":"t1","status":"FAILURE"},{"task_id":"other"},{"task_id":2,"status":"IN_PROGRESS"}]}""")]
    public async Task List_ItemsThatSayNothing_CostTheOthersNothing(string service, string answer)
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(server);

        IReadOnlyList<ChatGeneration?> seen = await connection.Generations.LookAsync([Known("2"), Known("t3"), Known("t1")], CallSettings.None, default);

        Assert.Equal([ChatGenerationStatus.Running, null, ChatGenerationStatus.Succeeded], seen.Select(task => task?.Status));

        ChatGeneration Known(string id) => new() { Id = id, Service = service };
    }

    [Fact]
    public void List_WhatNobodyAskedFor_IsNotRead()
    {
        List<string> read = [];
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse($"[{string.Join(",", Enumerable.Range(0, 1000).Select(number => $$"""{"id":"{{number}}"}"""))}]");

        IReadOnlyList<GenerationState> states = TaskList.Read(json.RootElement.EnumerateArray(), [new ChatGeneration { Id = "7" }, new ChatGeneration { Id = "3" }], ["id"], item =>
        {
            read.Add(item.GetRawText());
            return new GenerationState { Id = Said.Text(item, "id") };
        });

        Assert.Equal(["3", "7"], states.Select(state => state.Id));
        Assert.Equal(2, read.Count);
    }

    [Theory]
    [InlineData("""{"error":{"message":"not allowed"}}""", "not allowed")]
    [InlineData("[]", "did not say why")]
    [InlineData("{}", "did not say why")]
    [InlineData("""{"code":4,"description":"cannot be cancelled"}""", "cannot be cancelled")]
    [InlineData("""{"id":"t1","status":"IN_PROGRESS"}""", "did not say why")]
    public async Task Stop_Refusal_IsNoSuccess(string answer, string words)
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => StopAsync(answer));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":1,"description":"success"}""")]
    [InlineData("""{"id":"t1","status":"CANCEL"}""")]
    public async Task Stop_Taken_IsCancelled(string answer) => Assert.Equal(ChatGenerationStatus.Cancelled, (await StopAsync(answer)).Status);

    [Fact]
    public async Task Look_AddressesAsTexts_AreResults() => Assert.Equal(
        ["https://x/a.mp4"], (await SentGeneration.LookAsync(new ChatGeneration { Id = "t1", Service = "Midjourney" }, """{"id":"t1","status":"SUCCESS","videoUrls":["https://x/a.mp4"]}""")).Task.Result.Select(result => result.Url));

    private static async Task<ChatGeneration> StopAsync(string answer)
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(server);
        return await connection.Generations.StopAsync(new ChatGeneration { Id = "t1", Service = "Midjourney" }, force: false, CallSettings.None, default);
    }
}
