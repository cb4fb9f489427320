using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>Films of Runway. Gateways speak as the vendor does and may wrap its answers; two of them have forms of their own.</summary>
internal sealed class RunwayGenerations : IGenerationStop
{
    private const string Gateway = "Gateway";
    private const string Vendor = "Vendor";
    private const string Comet = "Comet";
    private const string OpenAIHK = "OpenAIHK";

    private static readonly string[] AsTheVendor = [Gateway, Vendor];
    private static readonly string[] OpenAIHKOnly = [OpenAIHK];

    private static readonly ActionDescription Video = FilmActions.Video(
        FilmActions.AspectRatio("") with { Values = ["1280:720", "720:1280"], Help = "The form of the film, as its width and height in pixels.", Forms = [Gateway, Vendor, Comet] },
        FilmActions.Duration(""),
        FilmActions.Seed("") with { Least = 0, Most = uint.MaxValue },
        FilmActions.Resolution("options.resolution", "720p", "1080p") with { Forms = OpenAIHKOnly },
        new("Title", "options.name", ParameterType.Text, "The name of the film.") { Forms = OpenAIHKOnly },
        FilmActions.Watermark("watermark") with { Forms = AsTheVendor },
        FilmActions.Watermark("options.watermark") with { Forms = OpenAIHKOnly },
        new("ExpandPrompt", "options.enhance_prompt", ParameterType.Flag, "Whether the service writes the prompt out first.") { Forms = OpenAIHKOnly }) with { PromptField = "", ModelField = "" };

    private static readonly ActionDescription Animate = FilmActions.Of(Video, FilmActions.Image(""));

    public string Service => "Runway";

    public IReadOnlyList<GenerationForm> Forms { get; } =
    [
        new(Gateway) { Prefix = "runwayml/v1" },
        new(Vendor) { Prefix = "v1", IsOf = address => Hosts.Are(address, "runwayml.com") },
        new(Comet) { Prefix = "runway", NotifyField = "callback_url" },
        new(OpenAIHK) { Prefix = "runway", NotifyField = "notify_hook", IsOf = address => Hosts.Are(address, "openai-hk.com") },
    ];

    public IReadOnlyList<ActionDescription> Actions { get; } =
    [
        Video,
        Animate with { Parameters = [.. Animate.Parameters, FilmActions.EndImage("") with { Forms = AsTheVendor }] },
    ];

    // The vendor asks for no more than one look in five seconds.
    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool DeletesResults => true;

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public bool CanStop(string? form) => form is Gateway or Vendor;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        Dictionary<string, object?> fields = request.Fields();
        string prefix = calls.Prefix(request.KnownForm);
        string path = request.KnownForm.Name switch
        {
            Comet => PlaceComet(fields, request),
            OpenAIHK => PlaceOpenAIHK(fields, request),
            _ => Place(fields, request),
        };
        return calls.SendAsync((call, token) => calls.Client<IRunwayApi>().SubmitAsync(prefix + path, calls.Body(fields), call, token), ReadSubmit, request.Model);
    }

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls)
    {
        string prefix = Prefix(task, calls);
        if (task.Form != Comet)
        {
            return calls.SendAsync((call, token) => calls.Client<IRunwayApi>().FetchAsync(prefix, task.Id, call, token), json => TaskId.Require(Read(json), task));
        }

        Dictionary<string, object?> fields = new(StringComparer.Ordinal) { ["task_id"] = task.Id };
        return calls.SendAsync((call, token) => calls.Client<IRunwayApi>().FeedAsync(prefix, calls.Body(fields, addsOwn: false), call, token), json => TaskId.Require(Read(json), task));
    }

    public async Task<GenerationState?> StopAsync(ChatGeneration task, GenerationCalls calls)
    {
        await calls.TellAsync((call, token) => calls.Client<IRunwayApi>().DeleteAsync(Prefix(task, calls), task.Id, call, token));
        return null;
    }

    private string Prefix(ChatGeneration task, GenerationCalls calls) => calls.Prefix(GenerationCalls.FormOf(Forms, task.Form));

    private static string Place(Dictionary<string, object?> fields, GenerationRequest request)
    {
        GenerationRequest.Put(fields, "model", request.Model);
        GenerationRequest.Put(fields, "promptText", request.Prompt);
        GenerationRequest.Put(fields, "ratio", Given(request, "AspectRatio"));
        GenerationRequest.Put(fields, "duration", Given(request, "Duration"));
        GenerationRequest.Put(fields, "seed", Given(request, "Seed"));
        if (request.Picture("Image") is not { } image)
        {
            return "text_to_video";
        }

        fields["promptImage"] = request.Picture("EndImage") is { } end
            ? new List<object?> { Frame(image, "first"), Frame(end, "last") }
            : image.ToAddress();
        return "image_to_video";
    }

    private static Dictionary<string, object?> Frame(GenerationPicture picture, string position) => new(StringComparer.Ordinal) { ["uri"] = picture.ToAddress(), ["position"] = position };

    private static string PlaceComet(Dictionary<string, object?> fields, GenerationRequest request)
    {
        GenerationRequest.Put(fields, "model", request.Model);
        GenerationRequest.Put(fields, "prompt", request.Prompt);
        GenerationRequest.Put(fields, "image", request.Picture("Image")?.ToAddress());
        GenerationRequest.Put(fields, "ratio", Given(request, "AspectRatio"));
        GenerationRequest.Put(fields, "options.seconds", Given(request, "Duration"));
        GenerationRequest.Put(fields, "options.seed", Given(request, "Seed"));
        return "pro/generate";
    }

    private static string PlaceOpenAIHK(Dictionary<string, object?> fields, GenerationRequest request)
    {
        fields["taskType"] = request.Model;
        fields["internal"] = false;
        GenerationRequest.Put(fields, "options.text_prompt", request.Prompt);
        GenerationRequest.Put(fields, "options.init_image", request.Picture("Image")?.ToAddress());
        GenerationRequest.Put(fields, "options.seconds", Given(request, "Duration"));
        GenerationRequest.Put(fields, "options.seed", Given(request, "Seed"));
        return "tasks";
    }

    private static object? Given(GenerationRequest request, string name) => request.Parameters.TryGetValue(name, out object? value) ? value : null;

    private static GenerationState ReadSubmit(JsonElement json) => FilmTask.ReadSubmit(json) is var state && state.RawStatus is null ? state with { RawStatus = "PENDING" } : state;

    private static GenerationState Read(JsonElement json) => FilmTask.Read(json);
}
