using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Client.Generations;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Generations;

/// <summary>The forms in which gateways and vendors tell of films.</summary>
public sealed class FilmTaskTests
{
    [Theory]
    [InlineData("""{"code":"success","message":"","data":{"id":12,"task_id":"t1","status":"SUCCESS","result_url":"https://x/v.mp4"}}""")]
    [InlineData("""{"code":"success","data":{"task_id":"t1","status":"succeeded","url":"https://x/v.mp4","format":"mp4","metadata":null,"error":null}}""")]
    [InlineData("""{"task_id":"t1","status":"succeeded","url":"https://x/v.mp4","metadata":{"duration":5}}""")]
    [InlineData("""{"id":"t1","task_id":"t1","object":"video","status":"completed","progress":100,"metadata":{"url":"https://x/v.mp4"}}""")]
    [InlineData("""{"id":"t1","status":"completed","video_url":"https://x/v.mp4","status_update_time":1764100000000}""")]
    [InlineData("""{"code":0,"message":"SUCCEED","data":{"task_id":"t1","task_status":"succeed","task_result":{"videos":[{"id":"v","url":"https://x/v.mp4","duration":"5"}]}}}""")]
    [InlineData("""{"code":"success","data":{"task_id":"t1","status":"SUCCESS","fail_reason":"https://x/v.mp4"}}""")]
    [InlineData("""{"code":"success","data":{"task_id":"t1","status":"SUCCESS","fail_reason":"","data":{"code":0,"data":{"task_result":{"videos":[{"url":"https://x/v.mp4"}]}}}}}""")]
    [InlineData("""{"code":"success","data":{"task_id":"t1","status":"SUCCESS","data":{"content":{"video_url":"https://x/v.mp4"}}}}""")]
    [InlineData("""{"id":"t1","state":"success","creations":[{"id":"c","url":"https://x/v.mp4"}]}""")]
    [InlineData("""{"task":{"id":"t1","status":"succeeded","content":{"url":"https://x/v.mp4"}}}""")]
    public void Read_EachFormOfATaskThatIsDone_HasIdAndAddress(string json)
    {
        GenerationState state = Read(json);

        Assert.Equal("t1", state.Id);
        Assert.True(StatusWords.TryRead(state.RawStatus, out ChatGenerationStatus status));
        Assert.Equal(ChatGenerationStatus.Succeeded, status);
        Assert.Equal(("video", "https://x/v.mp4"), state.Results.Select(result => (result.Kind, result.Url!)).Single());
        Assert.Null(state.FailReason);
    }

    [Theory]
    [InlineData("""{"code":"success","data":{"task_id":"t1","status":"NOT_START","progress":"0%"}}""", ChatGenerationStatus.NotStarted, null)]
    [InlineData("""{"code":"success","data":{"task_id":"t1","status":"QUEUED","progress":"10%"}}""", ChatGenerationStatus.NotStarted, 10.0)]
    [InlineData("""{"code":"success","data":{"task_id":"t1","status":"IN_PROGRESS","progress":"50%"}}""", ChatGenerationStatus.Running, 50.0)]
    [InlineData("""{"code":"success","data":{"task_id":"t1","status":"UNKNOWN"}}""", ChatGenerationStatus.Running, null)]
    [InlineData("""{"code":"success","data":{"task_id":"t1","status":"processing"}}""", ChatGenerationStatus.Running, null)]
    [InlineData("""{"id":"t1","object":"video","status":"unknown","progress":0}""", ChatGenerationStatus.Running, null)]
    [InlineData("""{"id":"t1","object":"video","status":"in_progress","progress":42}""", ChatGenerationStatus.Running, 42.0)]
    [InlineData("""{"id":"t1","status":"in_progress","progress":0.42}""", ChatGenerationStatus.Running, 42.0)]
    public void Read_TaskUnderWay_HasStatusAndProgressAndNoResult(string json, ChatGenerationStatus expected, double? progress)
    {
        GenerationState state = Read(json);

        StatusWords.TryRead(state.RawStatus, out ChatGenerationStatus status);
        Assert.Equal((expected, progress), (status, state.Progress));
        Assert.Empty(state.Results);
    }

    [Theory]
    [InlineData("""{"code":"success","data":{"task_id":"t1","status":"FAILURE","fail_reason":"too dark"}}""", null)]
    [InlineData("""{"task_id":"t1","status":"failed","error":{"code":1026,"message":"too dark"}}""", "1026")]
    [InlineData("""{"id":"t1","status":"failed","error":"too dark"}""", null)]
    [InlineData("""{"code":0,"data":{"task_id":"t1","task_status":"failed","task_status_msg":"too dark"}}""", null)]
    [InlineData("""{"id":"t1","status":"expired","error":{"code":"Expired","message":"too dark"}}""", "Expired")]
    public void Read_TaskThatFailed_SaysWhy(string json, string? code)
    {
        GenerationState state = Read(json);

        Assert.Equal(("too dark", code), (state.FailReason, state.FailCode));
        Assert.Empty(state.Results);
    }

    [Theory]
    [InlineData("""{"code":"prompt_sensitive","message":"no such words","data":null}""", "prompt_sensitive")]
    [InlineData("""{"code":1102,"message":"no such words","request_id":"r"}""", "1102")]
    [InlineData("""{"error":{"message":"no such words","code":"bad"}}""", "bad")]
    [InlineData("""{"message":"no such words"}""", null)]
    public void Read_Refusal_IsThrownWithItsCode(string json, string? code)
    {
        WireFormatException refusal = Assert.Throws<WireFormatException>(() => Read(json));

        Assert.Equal(("no such words", code), (refusal.Error!.Message, refusal.Error.Code));
    }

    [Theory]
    [InlineData("""{"task_id":"t1","status":"SUCCESS","submit_time":1764100000,"start_time":0,"finish_time":1764100090}""", "2025-11-25T19:48:10Z")]
    [InlineData("""{"code":0,"data":{"task_id":"t1","task_status":"succeed","created_at":1764100000000,"updated_at":1764100090000}}""", "2025-11-25T19:48:10Z")]
    [InlineData("""{"id":"t1","status":"completed","created_at":1764100000,"completed_at":1764100090}""", "2025-11-25T19:48:10Z")]
    [InlineData("""{"id":"t1","status":"running","created_at":1764100000,"updated_at":1764100090}""", null)]
    public void Read_Times_AreThatOfTheSubmitAndOfTheEnd(string json, string? finished)
    {
        GenerationState state = Read(json);

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1764100000), state.SubmittedAt);
        Assert.Null(state.StartedAt);
        Assert.Equal(finished is null ? null : DateTimeOffset.Parse(finished, System.Globalization.CultureInfo.InvariantCulture), state.FinishedAt);
    }

    [Fact]
    public void Read_FilmWithinTheAddress_IsBytesAndNotShown()
    {
        string data = Convert.ToBase64String(new byte[3000]);

        GenerationState state = Read($$$"""{"code":"success","data":{"task_id":"t1","status":"succeeded","url":"data:video/mp4;base64,{{{data}}}"}}""");

        ChatGenerationResult film = Assert.Single(state.Results);
        Assert.Equal((null, "video/mp4", 3000), (film.Url, film.MediaType, film.Data!.Length));
        Assert.DoesNotContain(data, state.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LengthAndEnd_AreThoseOfTheFilm()
    {
        ChatGenerationResult film = Read("""{"id":"t1","status":"completed","seconds":"8","expires_at":1764186400,"metadata":{"url":"https://x/v.mp4"}}""").Results[0];

        Assert.Equal((8, DateTimeOffset.FromUnixTimeSeconds(1764186400)), (film.Duration, film.ExpiresAt));
    }

    [Theory]
    [InlineData("""{"id":"t1","status":"completed","url":""}""")]
    [InlineData("""{"id":"t1","status":"completed","url":"/relative/v.mp4"}""")]
    [InlineData("""{"id":"t1","status":"completed","url":"javascript:alert(1)"}""")]
    [InlineData("""{"id":"t1","status":"completed","url":{"url":7}}""")]
    [InlineData("""{"id":"t1","status":"completed","output":[null,7,{"url":null}]}""")]
    public void Read_WhatIsNoAddress_IsNoResult(string json) => Assert.Empty(Read(json).Results);

    [Fact]
    public void Read_AnyJson_IsReadOrRefused()
    {
        string[] names = ["code", "data", "id", "task_id", "status", "url", "message", "error", "progress", "metadata", "task_result", "videos", "created_at"];
        Gen<string> leaf = Gen.Elements("null", "0", "1.5", "true", "\"success\"", "\"SUCCESS\"", "\"https://x/v\"", "\"data:;base64,AA\"", "\"\"", "99999999999999999999", "[]", "{}");
        Gen<string> Value(int size) => size == 0 ? leaf : Gen.OneOf(
            leaf,
            Value(size - 1).ListOf(3).Select(items => $"[{string.Join(',', items)}]"),
            Gen.Elements(names).Zip(Value(size - 1)).ListOf(4).Select(members => $"{{{string.Join(',', members.DistinctBy(member => member.Item1).Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}"));

        Prop.ForAll(Value(4).ToArbitrary(), json =>
        {
            try
            {
                Assert.NotNull(Read(json).Results);
            }
            catch (WireFormatException refusal)
            {
                Assert.NotEmpty(refusal.Error!.Message);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static GenerationState Read(string json) => FilmTask.Read(JsonDocument.Parse(json).RootElement);
}
