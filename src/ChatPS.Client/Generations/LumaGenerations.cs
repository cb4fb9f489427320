using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>Films of Luma: at gateways in the form of its web pages, at the vendor with key frames.</summary>
internal sealed class LumaGenerations : IGenerationStop
{
    private const string Gateway = "Gateway";
    private const string Vendor = "Vendor";
    private const string Extend = "Extend";

    private static readonly string[] GatewayOnly = [Gateway];
    private static readonly string[] VendorOnly = [Vendor];

    private static readonly ActionDescription Video = FilmActions.Video(
        FilmActions.EndImage(""),
        FilmActions.AspectRatio("aspect_ratio") with { Values = ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "9:21"] },
        FilmActions.Resolution("resolution", "540p", "720p", "1080p", "4k"),
        FilmActions.Duration("") with { Values = ["5", "9"] },
        new("Loop", "loop", ParameterType.Flag, "Whether the end leads to the beginning."),
        new("ExpandPrompt", "expand_prompt", ParameterType.Flag, "Whether the service writes the prompt out first.") { Forms = GatewayOnly },
        new("Concepts", "", ParameterType.Texts, "Ways to move the camera, by the names that Luma gives them.") { Forms = VendorOnly }) with { PromptField = "", ModelField = "", NeedsModel = false, TakesModel = true };

    public string Service => "Luma";

    public IReadOnlyList<GenerationForm> Forms { get; } =
    [
        new(Gateway) { Prefix = "luma", NotifyField = "notify_hook" },
        new(Vendor) { Prefix = "dream-machine/v1", NotifyField = "callback_url", NeedsModel = true, IsOf = address => Hosts.Are(address, "lumalabs.ai") },
    ];

    public IReadOnlyList<ActionDescription> Actions { get; } =
    [
        Video,
        FilmActions.Of(Video, FilmActions.Image("")) with { NeedsPrompt = true },
        Video with { Name = Extend, Help = "Goes on where the film of the task ends.", IsFollowUp = true, ResultKind = "video" },
    ];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool DeletesResults => true;

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public bool CanStop(string? form) => form == Vendor;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        Dictionary<string, object?> fields = request.Fields();
        string prefix = calls.Prefix(request.KnownForm);
        if (request.KnownForm.Name == Vendor)
        {
            PlaceVendor(fields, request);
        }
        else
        {
            PlaceGateway(fields, request);
        }

        if (request.Parameters.TryGetValue("Duration", out object? seconds))
        {
            GenerationRequest.Put(fields, "duration", seconds is null ? null : FormattableString.Invariant($"{seconds}s"));
        }

        return calls.SendAsync(
            (call, token) => request.Parent is { } parent && request.KnownForm.Name == Gateway
                ? calls.Client<ILumaApi>().ExtendAsync(prefix, parent.Id, calls.Body(fields), call, token)
                : calls.Client<ILumaApi>().SubmitAsync(prefix, request.KnownForm.Name == Gateway ? "" : "/video", calls.Body(fields), call, token),
            Read,
            request.Model);
    }

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls) =>
        calls.SendAsync((call, token) => calls.Client<ILumaApi>().FetchAsync(Prefix(task, calls), task.Id, call, token), json => TaskId.Require(Read(json), task));

    public async Task<GenerationState?> StopAsync(ChatGeneration task, GenerationCalls calls)
    {
        await calls.TellAsync((call, token) => calls.Client<ILumaApi>().DeleteAsync(Prefix(task, calls), task.Id, call, token));
        return null;
    }

    private string Prefix(ChatGeneration task, GenerationCalls calls) => calls.Prefix(GenerationCalls.FormOf(Forms, task.Form));

    private static void PlaceGateway(Dictionary<string, object?> fields, GenerationRequest request)
    {
        GenerationRequest.Put(fields, "user_prompt", request.Prompt);
        GenerationRequest.Put(fields, "model_name", request.Model);
        GenerationRequest.Put(fields, "image_url", request.Picture("Image")?.ToAddress());
        GenerationRequest.Put(fields, "image_end_url", request.Picture("EndImage")?.ToAddress());
    }

    private static void PlaceVendor(Dictionary<string, object?> fields, GenerationRequest request)
    {
        GenerationRequest.Put(fields, "prompt", request.Prompt);
        GenerationRequest.Put(fields, "model", request.Model);
        GenerationRequest.Put(fields, "keyframes.frame0", request.Parent is { } parent ? Frame("generation", "id", parent.Id) : Frame(request.Picture("Image")));
        GenerationRequest.Put(fields, "keyframes.frame1", Frame(request.Picture("EndImage")));
        if (request.Parameters.TryGetValue("Concepts", out object? concepts) && concepts is IEnumerable<object?> names)
        {
            fields["concepts"] = names.Select(name => (object?)new Dictionary<string, object?>(StringComparer.Ordinal) { ["key"] = name }).ToList();
        }
    }

    private static Dictionary<string, object?>? Frame(GenerationPicture? picture) => picture is null ? null : Frame("image", "url", picture.ToAddress());

    private static Dictionary<string, object?> Frame(string type, string field, string value) => new(StringComparer.Ordinal) { ["type"] = type, [field] = value };

    private static GenerationState Read(JsonElement json)
    {
        JsonElement task = TaskId.Read(json, "id") is null && Said.Find(json, "data") is { ValueKind: JsonValueKind.Object } inner ? inner : json;
        if (TaskId.Read(task, "id") is not { } id)
        {
            throw Said.Refusal(Said.Complaint(json), Said.Text(json, "error.code", "code"), json);
        }

        string? film = Said.Text(task, "assets.video", "video.download_url", "video.url", "result_url");
        string status = Said.Text(task, "state", "status") ?? "";
        StatusWords.TryRead(status, out ChatGenerationStatus meaning);
        return new GenerationState
        {
            Id = id,
            RawStatus = status,
            Prompt = Said.Text(task, "prompt", "request.prompt"),
            Model = Said.Text(task, "model", "model_name"),
            SubmittedAt = Said.Time(task, "created_at"),
            Results = meaning != ChatGenerationStatus.Succeeded ? [] : film is not null ? [.. Said.Result("video", film)] : [.. Said.Result("image", Said.Text(task, "assets.image"))],
            FailReason = Said.Text(task, "failure_reason", "fail_reason"),
        };
    }
}
