using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Api.Wire;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>Films of Vidu. How many pictures there are says which of its four ways is taken. The vendor wants the word Token before the key.</summary>
internal sealed class ViduGenerations : IGenerationFamily
{
    private const string Vendor = "Vendor";
    private const string Reference = "reference2video";

    private static readonly ParameterDescription Images = new("Image", "", ParameterType.Pictures, "The picture that the film begins with, that and the last one, or three to seven that it is about.") { Least = 1, Most = 7 };

    private static readonly ActionDescription Video = FilmActions.Video(
        Images,
        FilmActions.EndImage("") with { Needs = "Image" },
        FilmActions.Duration("duration"),
        FilmActions.Seed("seed"),
        FilmActions.Resolution("resolution", "360p", "540p", "720p", "1080p"),
        FilmActions.AspectRatio("aspect_ratio"),
        new("Style", "style", ParameterType.Text, "The look of the film.") { Values = ["general", "anime"] },
        new("Motion", "movement_amplitude", ParameterType.Text, "How much moves.") { Values = ["auto", "small", "medium", "large"] },
        new("Music", "bgm", ParameterType.Flag, "Whether there is music in the background."),
        new("State", "payload", ParameterType.Text, "A text of yours that the task carries along."));

    public string Service => "Vidu";

    public IReadOnlyList<GenerationForm> Forms { get; } =
    [
        new("Gateway") { Prefix = "vidu/ent/v2", NotifyField = "callback_url" },
        new(Vendor) { Prefix = "ent/v2", NotifyField = "callback_url", IsOf = static address => address.Host is "api.vidu.com" or "api.vidu.cn" },
    ];

    public IReadOnlyList<ActionDescription> Actions { get; } =
    [
        Video,
        FilmActions.Of(Video, Images),
        FilmActions.Of(Video, Images) with { Name = "Reference", Help = "Makes a film that shows what is in one to seven pictures.", NeedsPrompt = true, Path = Reference, Item = null },
    ];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        List<object?> pictures = [.. request.Pictures("Image").Concat(request.Pictures("EndImage")).Select(picture => picture.ToAddress())];
        string kind = request.Description.Path is { Length: > 0 } path ? path : pictures.Count switch
        {
            0 => "text2video",
            1 => "img2video",
            2 => "start-end2video",
            _ => Reference,
        };
        Dictionary<string, object?> fields = request.Fields();
        GenerationRequest.Put(fields, "images", pictures.Count > 0 ? pictures : null);
        return calls.SendAsync(
            (call, token) => calls.Client<IViduApi>().SubmitAsync(calls.Root(request.KnownForm), kind, calls.Body(fields), WordOf(request.KnownForm, calls), call, token), json => FilmTask.ReadSubmit(json), request.Model);
    }

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls)
    {
        GenerationForm form = GenerationCalls.FormOf(Forms, task.Form);
        return calls.SendAsync((call, token) => calls.Client<IViduApi>().LookAsync(calls.Root(form), task.Id, WordOf(form, calls), call, token), Read);
    }

    private static string? WordOf(GenerationForm form, GenerationCalls calls) => form.Name == Vendor && calls.HasKeyWord ? CallProperty.Token : null;

    private static GenerationState Read(JsonElement json) => FilmTask.Read(json);
}
