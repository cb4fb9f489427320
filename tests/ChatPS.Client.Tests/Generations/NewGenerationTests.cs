using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Generations;
using Refit;
using ParameterType = ChatPS.Client.Generations.ParameterType;

namespace ChatPS.Client.Tests.Generations;

/// <summary>The family of tasks that docs/contributing.md shows, word for word.</summary>
public sealed class NewGenerationTests
{
    [Fact]
    public async Task Task_OfTheNewFamily_IsHandedInAndWaitedFor()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"id":"p1","state":"queued"}""", headers: "openai-poll-after-ms: 1"),
            RawServer.Answer(200, """{"id":"p1","state":"processing","progress":0.5}""", headers: "openai-poll-after-ms: 1"),
            RawServer.Answer(200, """{"id":"p1","state":"done","url":"https://files.example.com/p1.png"}"""));
        using ServiceConnection connection = Engine.Connect(server);
        GenerationService service = new(connection, [new PostcardGenerations()]);

        ChatGeneration task = await service.SubmitAsync(Ask(("Paper", "matt")), CallSettings.None, default);
        using GenerationWaiter waiter = new(1);
        List<double?> seen = [];
        ChatGeneration done = await waiter.WaitAsync(service, task, CallSettings.None, looked => seen.Add(looked.Progress), default);

        Assert.Equal((ChatGenerationStatus.NotStarted, "Postcards", "Print"), (task.Status, task.Service, task.Action));
        Assert.Contains(50d, seen);
        Assert.Equal(ChatGenerationStatus.Succeeded, done.Status);
        Assert.Equal("https://files.example.com/p1.png", Assert.Single(done.Result).Url);
        Assert.StartsWith("POST /postcards ", server.Exchanges[0].Head, StringComparison.Ordinal);
        Assert.Equal("""{"prompt":"Riga","paper":"matt"}""", server.Exchanges[0].Body);
        Assert.StartsWith("GET /postcards/p1 ", server.Exchanges[1].Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_UnderSuccess_IsAnErrorInItsWords()
    {
        using RawServer server = RawServer.Answering(200, """{"code":"no_ink","message":"There is no ink."}""");
        using ServiceConnection connection = Engine.Connect(server);
        GenerationService service = new(connection, [new PostcardGenerations()]);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => service.SubmitAsync(Ask(), CallSettings.None, default));

        Assert.Contains("There is no ink.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_OutOfItsBounds_IsRefusedBeforeAnythingIsSent()
    {
        using RawServer server = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(server);
        GenerationService service = new(connection, [new PostcardGenerations()]);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => service.SubmitAsync(Ask(("Paper", "tin")), CallSettings.None, default));

        Assert.StartsWith("-Paper is 'tin'", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public void Contributing_ShowsThisFamily()
    {
        string page = Repository.Read("docs", "contributing.md");
        int start = page.IndexOf("internal interface IPostcardsApi", StringComparison.Ordinal);
        string shown = page[start..page.IndexOf("```", start, StringComparison.Ordinal)].Trim();

        Assert.Contains(shown, Repository.Read("tests", "ChatPS.Client.Tests", "Generations", "NewGenerationTests.cs"), StringComparison.Ordinal);
    }

    private static GenerationRequest Ask(params (string Name, object? Value)[] parameters) => new()
    {
        Service = "Postcards",
        Prompt = "Riga",
        Parameters = parameters.ToDictionary(given => given.Name, given => given.Value, StringComparer.OrdinalIgnoreCase),
    };
}

internal interface IPostcardsApi
{
    [Post("/postcards")]
    Task<IApiResponse<GenerationAnswer>> PrintAsync([Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    [Get("/postcards/{id}")]
    Task<IApiResponse<GenerationAnswer>> GetAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}

internal sealed class PostcardGenerations : IGenerationFamily
{
    public string Service => "Postcards";

    public IReadOnlyList<GenerationForm> Forms { get; } = [new("")];

    public IReadOnlyList<ActionDescription> Actions { get; } =
    [
        new("Print", "Prints a postcard of a place.")
        {
            NeedsPrompt = true,
            Parameters =
            [
                new("Paper", "paper", ParameterType.Text, "What it is printed on.") { Values = ["matt", "gloss"], IsClosed = true },
                new("Image", "front", ParameterType.Picture, "The picture on its front."),
            ],
        },
    ];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls) =>
        calls.SendAsync((call, token) => calls.Client<IPostcardsApi>().PrintAsync(calls.Body(request.Fields()), call, token), Read);

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls) =>
        calls.SendAsync((call, token) => calls.Client<IPostcardsApi>().GetAsync(task.Id, call, token), Read);

    private static GenerationState Read(JsonElement json) => Said.Text(json, "code") is { } code
        ? throw Said.Refusal(Said.Text(json, "message"), code, json)
        : new GenerationState
        {
            Id = TaskId.Read(json, "id"),
            RawStatus = Said.Text(json, "state"),
            Progress = Said.Progress(json, "progress"),
            Results = [.. Said.Result("image", Said.Text(json, "url"))],
            FailReason = Said.Text(json, "reason"),
        };
}
