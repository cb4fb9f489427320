using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>Films of Seedance, whose prompt and pictures are parts of one list. To stop a task that has ended deletes it.</summary>
internal sealed class SeedanceGenerations : IGenerationStop
{
    private const string Vendor = "Vendor";

    private static readonly ActionDescription Video = FilmActions.Video(
        [
            .. FilmContent.Parameters,
            FilmActions.Duration("duration"),
            FilmActions.Resolution("resolution", "480p", "720p", "1080p"),
            FilmActions.AspectRatio("ratio"),
            FilmActions.Seed("seed"),
            FilmActions.Sound("generate_audio"),
            FilmActions.Watermark("watermark"),
            new("FixedCamera", "camera_fixed", ParameterType.Flag, "Whether the camera stands still."),
            new("Frames", "frames", ParameterType.Integer, "How many pictures the film has, in place of how long it lasts.") { Least = 1, Most = 10_000 },
            new("Draft", "draft", ParameterType.Flag, "Whether a rough film is made first, which costs less."),
            new("LastFrame", "return_last_frame", ParameterType.Flag, "Whether the last picture is a result, too."),
            new("ServiceTier", "service_tier", ParameterType.Text, "How soon the work is done, and at what price.") { Values = ["default", "flex"] },
            new("ExpiresAfter", "execution_expires_after", ParameterType.Integer, "After how many seconds the service gives up.") { Least = 1, Most = 1_000_000 },
            new("Priority", "priority", ParameterType.Integer, "How urgent the task is among yours.") { Least = 0, Most = 100 },
        ]) with { PromptField = "" };

    public string Service => "Seedance";

    public IReadOnlyList<GenerationForm> Forms { get; } =
    [
        new("Gateway") { Prefix = "volc/v1", NotifyField = "callback_url" },
        new(Vendor) { Prefix = "api/v3", NotifyField = "callback_url", IsOf = static address => address.Host == "ark.cn-beijing.volces.com" },
    ];

    public IReadOnlyList<ActionDescription> Actions { get; } = [Video, FilmActions.Of(Video, FilmActions.Image(""))];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool DeletesResults => true;

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public bool CanStop(string? form) => form == Vendor;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        Dictionary<string, object?> fields = request.Fields();
        fields["content"] = FilmContent.Of(request);
        return calls.SendAsync((call, token) => calls.Client<ISeedanceApi>().SubmitAsync(calls.Root(request.KnownForm), calls.Body(fields), call, token), json => FilmTask.ReadSubmit(json), request.Model);
    }

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls) => calls.SendAsync(
        (call, token) => calls.Client<ISeedanceApi>().LookAsync(calls.Root(GenerationCalls.FormOf(Forms, task.Form)), task.Id, call, token), Read);

    public async Task<GenerationState?> StopAsync(ChatGeneration task, GenerationCalls calls)
    {
        await calls.TellAsync((call, token) => calls.Client<ISeedanceApi>().DeleteAsync(calls.Root(GenerationCalls.FormOf(Forms, task.Form)), task.Id, call, token));
        return null;
    }

    private static GenerationState Read(JsonElement json)
    {
        GenerationState state = FilmTask.Read(json);
        return state.Results.Count == 0 ? state : state with { Results = [.. state.Results, .. Said.Result("image", Said.Text(json, "content.last_frame_url"))] };
    }
}
