using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>Films of MiniMax. In the first form it takes two steps to the address: the task names a file, and the file its address.</summary>
internal sealed class HailuoGenerations : IGenerationFamily
{
    private const string Gateway = "Gateway";
    private const string Vendor = "Vendor";
    private const string V2 = "V2";

    private static readonly ActionDescription Video = FilmActions.Video(
        [
            .. FilmContent.Parameters.Select(parameter => parameter.Name.StartsWith("Reference", StringComparison.Ordinal) ? parameter with { Forms = [V2] } : parameter with { Needs = null }),
            FilmActions.Duration("duration"),
            FilmActions.Resolution("resolution", "512P", "720P", "768P", "1080P", "2K"),
            FilmActions.AspectRatio("ratio") with { Forms = [V2] },
            new("Character", "", ParameterType.Pictures, "Pictures of somebody whom the film shows.") { Forms = [Gateway, Vendor] },
            new("EnhancePrompt", "prompt_optimizer", ParameterType.Flag, "Whether the service makes more of the prompt.") { Forms = [Gateway, Vendor] },
            new("FastPreparation", "fast_pretreatment", ParameterType.Flag, "Whether the service makes less of an effort with the prompt, and begins sooner.") { Forms = [Gateway, Vendor] },
            FilmActions.Watermark("aigc_watermark") with { Forms = [Gateway, Vendor] },
        ]) with { PromptField = "" };

    public string Service => "Hailuo";

    public IReadOnlyList<GenerationForm> Forms { get; } =
    [
        new(Gateway) { Prefix = "minimax/v1", NotifyField = "callback_url" },
        new(Vendor) { Prefix = "v1", NotifyField = "callback_url", IsOf = static address => address.Host is "api.minimax.io" or "api.minimaxi.com" },
        new(V2) { Prefix = "v2", NotifyField = "callback_url" },
    ];

    public IReadOnlyList<ActionDescription> Actions { get; } = [Video, FilmActions.Of(Video, FilmActions.Image(""))];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        Dictionary<string, object?> fields = request.Fields();
        if (request.KnownForm.Name == V2)
        {
            fields["content"] = FilmContent.Of(request);
        }
        else
        {
            GenerationRequest.Put(fields, "prompt", request.Prompt);
            GenerationRequest.Put(fields, "first_frame_image", request.Get<GenerationPicture>("Image")?.ToAddress());
            GenerationRequest.Put(fields, "last_frame_image", request.Get<GenerationPicture>("EndImage")?.ToAddress());
            GenerationRequest.Put(fields, "subject_reference", request.Pictures("Character") is { Count: > 0 } pictures ? new List<object?> { CharacterOf(pictures) } : null);
        }

        return calls.SendAsync((call, token) => calls.Client<IHailuoApi>().SubmitAsync(calls.Root(request.KnownForm), calls.Body(fields), call, token), ReadSubmit, request.Model);
    }

    public async Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls)
    {
        IHailuoApi api = calls.Client<IHailuoApi>();
        string root = calls.Root(GenerationCalls.FormOf(Forms, task.Form));
        if (task.Form == V2)
        {
            return await calls.SendAsync((call, token) => api.LookAsync(root, task.Id, call, token), Read);
        }

        string? file = null;
        GenerationState state = await calls.SendAsync((call, token) => api.QueryAsync(root, task.Id, call, token), json =>
        {
            file = Said.Text(json, "file_id", "data.file_id");
            return Read(json);
        });
        return file is null || state.Results.Count > 0 || !StatusWords.TryRead(state.RawStatus, out ChatGenerationStatus status) || status != ChatGenerationStatus.Succeeded
            ? state
            : state with { Results = await calls.AskAsync((call, token) => api.FileAsync(root, file, call, token), json => ReadFile(json, file)) };
    }

    private static Dictionary<string, object?> CharacterOf(IReadOnlyList<GenerationPicture> pictures) => new(StringComparer.Ordinal)
    {
        ["type"] = "character",
        ["image"] = pictures.Select(picture => picture.ToAddress()).ToList<object?>(),
    };

    private static GenerationState ReadSubmit(JsonElement json) => FilmTask.HasTask(json) ? FilmTask.ReadSubmit(json) : Read(json);

    private static GenerationState Read(JsonElement json)
    {
        string? code = CodeOf(json);
        StatusWords.TryRead(Said.Text(json, "status"), out ChatGenerationStatus status);
        if (code is null)
        {
            return FilmTask.Read(json);
        }

        // A task that failed says why in the same place where a refusal stands.
        string? reason = Said.Text(json, "base_resp.status_msg");
        return status == ChatGenerationStatus.Failed ? FilmTask.Read(json) with { FailReason = reason, FailCode = code } : throw Said.Refusal(reason, code, json);
    }

    private static IReadOnlyList<ChatGenerationResult> ReadFile(JsonElement json, string file)
    {
        if (CodeOf(json) is { } code)
        {
            throw Said.Refusal(Said.Text(json, "base_resp.status_msg"), code, json);
        }

        return Said.Text(json, "file.download_url", "data.file.download_url") is { } address
            ? [new ChatGenerationResult { Kind = "video", Url = address, FileId = file, FileName = Said.Text(json, "file.filename"), Size = (long?)Said.Number(json, "file.bytes") }]
            : [];
    }

    private static string? CodeOf(JsonElement json) => Said.Text(json, "base_resp.status_code") is { } code && code != "0" ? code : null;
}
