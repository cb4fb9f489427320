using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>
/// Films of any vendor, as gateways take them in one form for all: new-api's, or the older one with <c>create</c> and <c>query</c>.
/// What a vendor calls its own goes into <c>metadata</c>, whose fields the gateway puts over those that it makes itself.
/// </summary>
internal sealed class VideoGenerations : IGenerationFamily
{
    private const string Create = "Create";
    private const string NewApi = "NewApi";

    private static readonly ParameterDescription Images = new("Image", "", ParameterType.Pictures, "The picture that the film begins with, or several as the model takes them.");

    private static readonly ActionDescription Video = FilmActions.Video(
        Images,
        FilmActions.Duration("duration"),
        new("Size", "size", ParameterType.Text, "The size of the film, in pixels or as the model names it.") { Values = ["1280x720", "720x1280", "1920x1080", "720P", "1080P"] },
        new("Quality", "mode", ParameterType.Text, "How much work goes into the film, as the model names it.") { Values = ["std", "pro"], Forms = [NewApi] },
        new("Metadata", "metadata", ParameterType.Structure, "Fields of the vendor behind the gateway, such as @{ seed = 7 }.") { Forms = [NewApi] },
        FilmActions.AspectRatio("aspect_ratio") with { Forms = [Create] },
        new("EnhancePrompt", "enhance_prompt", ParameterType.Flag, "Whether the service makes more of the prompt.") { Forms = [Create] });

    public string Service => "Video";

    public IReadOnlyList<GenerationForm> Forms { get; } = [new(NewApi) { NotifyField = "metadata.callback_url" }, new(Create)];

    public IReadOnlyList<ActionDescription> Actions { get; } = [Video, FilmActions.Of(Video, Images) with { NeedsPrompt = true }];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        Dictionary<string, object?> fields = request.Fields();
        List<object?> pictures = [.. request.Pictures("Image").Select(picture => picture.ToAddress())];
        bool isNew = request.KnownForm.Name == NewApi;
        GenerationRequest.Put(fields, "image", isNew && pictures.Count == 1 ? pictures[0] : null);
        GenerationRequest.Put(fields, "images", pictures.Count > (isNew ? 1 : 0) ? pictures : null);
        IVideoApi api = calls.Client<IVideoApi>();
        return calls.SendAsync((call, token) => isNew ? api.SubmitAsync(calls.Body(fields), call, token) : api.CreateAsync(calls.Body(fields), call, token), json => FilmTask.ReadSubmit(json), request.Model);
    }

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls)
    {
        IVideoApi api = calls.Client<IVideoApi>();
        return calls.SendAsync((call, token) => task.Form == Create ? api.QueryAsync(task.Id, call, token) : api.LookAsync(task.Id, call, token), Read);
    }

    private static GenerationState Read(JsonElement json) => FilmTask.Read(json);
}
