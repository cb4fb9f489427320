using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>Films as OpenAI took them, and as gateways still do for models of all vendors. Where an answer names no address, the gateway itself hands out the film.</summary>
internal sealed class OpenAIVideoGenerations : IGenerationFamily
{
    private const string Remix = "Remix";

    private static readonly ParameterDescription Images = new("Image", "", ParameterType.Pictures, "The picture that the film begins with; some models take several.");

    private static readonly ActionDescription Video = FilmActions.Video(
        Images,
        FilmActions.Duration("seconds") with { IsWrittenAsText = true },
        new("Size", "size", ParameterType.Text, "The size of the film, in pixels.") { Values = ["1280x720", "720x1280", "1792x1024", "1024x1792"] });

    public string Service => "OpenAIVideo";

    public IReadOnlyList<GenerationForm> Forms { get; } = [new("")];

    public IReadOnlyList<ActionDescription> Actions { get; } =
    [
        Video,
        FilmActions.Of(Video, Images) with { NeedsPrompt = true },
        new(Remix, "Makes the film again, changed as a prompt says.") { IsFollowUp = true, ResultKind = "video", NeedsPrompt = true },
    ];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        IOpenAIVideoApi api = calls.Client<IOpenAIVideoApi>();
        Dictionary<string, object?> fields = request.Fields();
        if (request.Parent is { } parent)
        {
            return calls.SendAsync((call, token) => api.RemixAsync(parent.Id, calls.Body(fields), call, token), json => FilmTask.ReadSubmit(json));
        }

        IReadOnlyList<GenerationPicture> pictures = request.Pictures("Image");
        if (pictures.All(picture => picture.File is null) && pictures.Count <= 1)
        {
            GenerationRequest.Put(fields, "input_reference", pictures.Count == 1 ? pictures[0].ToAddress() : null);
            return calls.SendAsync((call, token) => api.SubmitAsync(calls.Body(fields), call, token), json => FilmTask.ReadSubmit(json), request.Model);
        }

        return calls.SendAsync((call, token) => api.SubmitAsync(Form(calls.Body(fields), pictures, call), call, token), json => FilmTask.ReadSubmit(json), request.Model);
    }

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls) => calls.SendAsync(
        (call, token) => calls.Client<IOpenAIVideoApi>().LookAsync(task.Id, call, token),
        json => Complete(FilmTask.Read(json), json, calls.AddressOf($"/v1/videos/{Uri.EscapeDataString(task.Id)}/content")));

    private static HttpContent Form(GenerationBody body, IReadOnlyList<GenerationPicture> pictures, CallContext call) => PictureUpload.Of(
        body,
        [.. pictures.Where(picture => picture.File is null).Select(picture => new KeyValuePair<string, string>("input_reference", picture.ToAddress()))],
        [.. pictures.Select(picture => picture.File).OfType<Images.ImageFile>().Select(file => ("input_reference", file))],
        call);

    private static GenerationState Complete(GenerationState state, JsonElement json, string content) =>
        state.Results.Count > 0 || !StatusWords.TryRead(state.RawStatus, out ChatGenerationStatus status) || status != ChatGenerationStatus.Succeeded
            ? state
            : state with { Results = [.. FilmTask.Result(content, json)] };
}
