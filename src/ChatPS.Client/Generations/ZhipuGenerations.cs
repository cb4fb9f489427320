using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>Films of Zhipu: CogVideoX, and those of Vidu that it serves under names of its own.</summary>
internal sealed class ZhipuGenerations : IGenerationFamily
{
    private static readonly ActionDescription Video = FilmActions.Video(
        new("Quality", "quality", ParameterType.Text, "Whether the film is made fast or well.") { Values = ["speed", "quality"] },
        new("Size", "size", ParameterType.Text, "The size in pixels, such as 1920x1080.") { Values = ["1280x720", "720x1280", "1920x1080", "1080x1920", "3840x2160"] },
        FilmActions.AspectRatio("aspect_ratio"),
        new("FrameRate", "fps", ParameterType.Integer, "How many pictures a second the film has.") { Values = ["30", "60"] },
        FilmActions.Duration("duration"),
        FilmActions.Sound("with_audio"),
        new("Style", "style", ParameterType.Text, "The style, where the model has several.") { Values = ["general", "anime"] },
        new("Motion", "movement_amplitude", ParameterType.Text, "How much moves, where the model can be told.") { Values = ["auto", "small", "medium", "large"] },
        new("RequestId", "request_id", ParameterType.Text, "An id of yours for the request; the task has one of its own."),
        new("EndUser", "user_id", ParameterType.Text, "Your name for whoever the film is made for."));

    private static readonly ActionDescription Animate = FilmActions.Of(Video, FilmActions.Image(""));

    public string Service => "Zhipu";

    public IReadOnlyList<GenerationForm> Forms { get; } =
    [
        new("Gateway") { Prefix = "cogvideox/v4" },
        new("Root") { Prefix = "v4" },
        new("Vendor") { Prefix = "api/paas/v4", IsOf = address => Hosts.Are(address, "bigmodel.cn", "z.ai") },
    ];

    public IReadOnlyList<ActionDescription> Actions { get; } = [Video, Animate with { Parameters = [.. Animate.Parameters, FilmActions.EndImage("")] }];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        Dictionary<string, object?> fields = request.Fields();
        if (request.Picture("Image") is { } image)
        {
            fields["image_url"] = request.Picture("EndImage") is { } end ? new List<object?> { image.ToAddress(), end.ToAddress() } : image.ToAddress();
        }

        return calls.SendAsync((call, token) => calls.Client<IZhipuApi>().SubmitAsync(calls.Prefix(request.KnownForm), calls.Body(fields), call, token), json => FilmTask.ReadSubmit(json), request.Model);
    }

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls) => calls.SendAsync(
        (call, token) => calls.Client<IZhipuApi>().FetchAsync(calls.Prefix(GenerationCalls.FormOf(Forms, task.Form)), task.Id, call, token), Read);

    private static GenerationState Read(JsonElement json) => FilmTask.Read(json);
}
