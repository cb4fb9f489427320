using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>
/// Films of Kling: at gateways below <c>kling/</c>, where new-api answers in forms of its own, or at the vendor. The vendor's key is a
/// pair, from which a token is signed for half an hour; it is not made here, and a connection's key script can make it.
/// </summary>
internal sealed class KlingGenerations : IGenerationFamily
{
    private static readonly ActionDescription Video = FilmActions.Video(
        FilmActions.NegativePrompt("negative_prompt"),
        FilmActions.AspectRatio("aspect_ratio"),
        FilmActions.Duration("duration") with { IsWrittenAsText = true, Values = ["5", "10"] },
        new("Quality", "mode", ParameterType.Text, "How much work goes into the film.") { Values = ["std", "pro"] },
        new("Guidance", "cfg_scale", ParameterType.Number, "How closely the film keeps to the prompt, from 0 to 1.") { Least = 0, Most = 1 },
        FilmActions.Sound(""),
        new("Camera", "camera_control", ParameterType.Structure, "How the camera moves, such as @{ type = 'simple'; config = @{ zoom = 3 } }."),
        FilmActions.Watermark("watermark_info.enabled"),
        new("ExternalId", "external_task_id", ParameterType.Text, "An id of yours that the task carries along.")) with { ModelField = "model_name", NeedsModel = false, TakesModel = true };

    private static readonly ActionDescription Animate = FilmActions.Of(Video, FilmActions.Image("image"));

    public string Service => "Kling";

    public IReadOnlyList<GenerationForm> Forms { get; } =
    [
        new("Gateway") { Prefix = "kling/v1", NotifyField = "callback_url" },
        new("Vendor") { Prefix = "v1", NotifyField = "callback_url", IsOf = static address => address.Host is "api.klingai.com" or "api-singapore.klingai.com" },
    ];

    public IReadOnlyList<ActionDescription> Actions { get; } =
    [
        Video,
        Animate with
        {
            Parameters =
            [
                .. Animate.Parameters,
                FilmActions.EndImage("image_tail"),
                new("Mask", "static_mask", ParameterType.Picture, "A picture that is white where the film stands still."),
                new("DynamicMask", "dynamic_masks", ParameterType.Structure, "Masks with the ways that what they show takes, as Kling writes them.") { Least = 1 },
            ],
        },
    ];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        // The vendor wants pictures as an address or as bare base64.
        Dictionary<string, object?> fields = request.Fields(static picture => picture.ToBase64());
        GenerationRequest.Put(fields, "sound", request.Parameters.TryGetValue("Sound", out object? sound) ? sound is true ? "on" : "off" : null);
        return calls.SendAsync(
            (call, token) => calls.Client<IKlingApi>().SubmitAsync(calls.Root(request.KnownForm), Kind(request.Description.Name), calls.Body(fields), call, token), json => FilmTask.ReadSubmit(json), request.Model);
    }

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls) => calls.SendAsync(
        (call, token) => calls.Client<IKlingApi>().LookAsync(calls.Root(GenerationCalls.FormOf(Forms, task.Form)), Kind(task.Action), task.Id, call, token), json => TaskId.Require(FilmTask.Read(json), task));

    private static string Kind(string action) => action == FilmActions.Animate ? "image2video" : "text2video";
}
