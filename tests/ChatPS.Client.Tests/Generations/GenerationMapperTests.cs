using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

public sealed class GenerationMapperTests : IDisposable
{
    private const string Key = "sk-test-0123456789";

    private readonly ServiceConnection _connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"), key: Key);
    private readonly List<string> _warnings = [];

    public void Dispose() => _connection.Dispose();

    [Fact]
    public async Task Look_WhateverHoldsTheKey_ShowsItNowhere()
    {
        ChatGeneration task = await LookAsync(new GenerationState
        {
            RawStatus = "done",
            Results = [new ChatGenerationResult { Kind = "image", Url = $"https://cdn.example.com/{Key}.png", Id = $"a{Key}", FileId = $"b{Key}", FileName = $"c{Key}", MediaType = $"image/{Key}", Title = $"d{Key}" }],
            Actions =
            [
                new ChatGenerationAction { Name = $"Upscale {Key}", Label = $"U1 {Key}", CustomId = "MJ::U1" },
                new ChatGenerationAction { Name = "Vary", CustomId = $"MJ::{Key}" },
            ],
        });

        ChatGenerationResult result = Assert.Single(task.Result);
        ChatGenerationAction action = Assert.Single(task.Actions);
        Assert.All([result.Url, result.Id, result.FileId, result.FileName, result.MediaType, result.Title, action.Name, action.Label], text => Assert.DoesNotContain(Key, text, StringComparison.Ordinal));
        Assert.Equal("MJ::U1", action.CustomId);
    }

    [Fact]
    public async Task Look_ManyResults_ShowsAThousandAndSaysSo()
    {
        GenerationState state = new()
        {
            RawStatus = "done",
            Results = [.. Enumerable.Range(0, 60_000).Select(number => new ChatGenerationResult { Kind = "image", Url = $"https://cdn.example.com/{number}.png" })],
            Actions = [.. Enumerable.Range(0, 60_000).Select(number => new ChatGenerationAction { Name = $"A{number}" })],
        };

        ChatGeneration first = await LookAsync(state);
        ChatGeneration again = await LookAsync(state, first);

        Assert.Equal((1_000, 200), (again.Result.Count, again.Actions.Count));
        Assert.Equal(first.Result[999].SeenAt, again.Result[999].SeenAt);
        Assert.Contains("60000 results; the first 1000 are shown", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_ResultThatWasSeenBefore_KeepsTheTimeOfThat()
    {
        GenerationState One(params string[] urls) => new() { RawStatus = "running", Results = [.. urls.Select(url => new ChatGenerationResult { Kind = "image", Url = url })] };
        ChatGeneration first = await LookAsync(One("https://a.example.com/", "https://b.example.com/", "https://a.example.com/"));

        ChatGeneration again = await LookAsync(One("https://c.example.com/", "https://a.example.com/"), first);

        Assert.Equal(first.Result[0].SeenAt, again.Result[1].SeenAt);
        Assert.NotEqual(first.Result[0].SeenAt, again.Result[0].SeenAt);
    }

    [Fact]
    public async Task Look_SucceededWithNothingAndThenRunning_IsRunning()
    {
        ChatGeneration done = await LookAsync(new GenerationState { RawStatus = "completed", Raw = "{}" });
        ChatGeneration running = await LookAsync(new GenerationState { RawStatus = "in_progress", Progress = 50, Raw = "{}" }, done);

        Assert.Equal(ChatGenerationStatus.Succeeded, done.Status);
        Assert.Equal((ChatGenerationStatus.Running, 50d, (DateTimeOffset?)null), (running.Status, running.Progress, running.FinishedAt));
        Assert.Empty(running.Actions);
    }

    [Theory]
    [InlineData("completed", true)]
    [InlineData("failed", false)]
    [InlineData("cancelled", false)]
    public async Task Look_EndedAndThenRunning_StaysEnded(string word, bool hasText)
    {
        ChatGeneration done = await LookAsync(new GenerationState { RawStatus = word, Text = hasText ? "a song" : null, Raw = "{}" });

        Assert.Equal(done.Status, (await LookAsync(new GenerationState { RawStatus = "in_progress", Raw = "{}" }, done)).Status);
    }

    private Task<ChatGeneration> LookAsync(GenerationState state, ChatGeneration? before = null) =>
        new GenerationService(_connection, [new FakeGenerations((_, _) => state) { Actions = [new ActionDescription("Make", "Makes something."), new ActionDescription("More", "Makes more.") { IsFollowUp = true }] }])
            .LookAsync(before ?? new ChatGeneration { Id = "t1", Service = "Fake" }, new CallSettings { Warning = _warnings.Add }, default);
}
