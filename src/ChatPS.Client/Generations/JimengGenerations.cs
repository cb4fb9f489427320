using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Media;

namespace ChatPS.Client.Generations;

/// <summary>
/// Films of Jimeng. It is asked for a task with a POST, too, and says with the code 10000 that all is well. The vendor wants each
/// request signed with a pair of keys, which is not done here: what stands at the vendor's address must be a proxy that signs.
/// </summary>
internal sealed class JimengGenerations : IGenerationFamily
{
    private const string Success = "10000";
    private const long LargestPicture = 4_700_000;
    private const int FramesPerSecond = 24;

    // Refusals of the question, which say nothing of the task.
    private static readonly string[] TooMany = ["50429", "50430"];

    private static readonly ParameterDescription Images = new("Image", "", ParameterType.Pictures, "The picture that the film begins with, or that and the last one.");

    private static readonly ActionDescription Video = FilmActions.Video(
        Images,
        FilmActions.Duration("") with { Values = ["5", "10"] },
        FilmActions.AspectRatio("aspect_ratio"),
        FilmActions.Seed("seed")) with { ModelField = "req_key" };

    public string Service => "Jimeng";

    public IReadOnlyList<GenerationForm> Forms { get; } =
    [
        new("Gateway") { Prefix = "jimeng/" },
        new("Vendor") { IsOf = static address => address.Host == "visual.volcengineapi.com" },
    ];

    public IReadOnlyList<ActionDescription> Actions { get; } = [Video, FilmActions.Of(Video, Images)];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        IReadOnlyList<GenerationPicture> pictures = request.Pictures("Image");
        if (pictures.Any(picture => picture.File?.Length > LargestPicture))
        {
            throw Failures.Invalid("-Image: a picture has more than 4.7 MB, the most that Jimeng takes.", "Make it smaller, or give its address.");
        }

        Dictionary<string, object?> fields = request.Fields();
        List<object?> addresses = [.. pictures.Where(IsAddress).Select(picture => picture.ToAddress())];
        List<object?> files = [.. pictures.Where(picture => !IsAddress(picture)).Select(picture => picture.ToBase64())];
        GenerationRequest.Put(fields, "image_urls", addresses.Count > 0 ? addresses : null);
        GenerationRequest.Put(fields, "binary_data_base64", files.Count > 0 ? files : null);
        GenerationRequest.Put(fields, "frames", request.Parameters.TryGetValue("Duration", out object? duration) ? (Convert.ToInt64(duration, System.Globalization.CultureInfo.InvariantCulture) * FramesPerSecond) + 1 : null);
        return calls.SendAsync((call, token) => calls.Client<IJimengApi>().SubmitAsync(calls.Root(request.KnownForm), calls.Body(fields), call, token), json => FilmTask.ReadSubmit(json, Success), request.Model);
    }

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls)
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal);
        GenerationRequest.Put(fields, "req_key", task.Model);
        fields["task_id"] = task.Id;
        return calls.SendAsync((call, token) => calls.Client<IJimengApi>().LookAsync(calls.Root(GenerationCalls.FormOf(Forms, task.Form)), calls.Body(fields, addsOwn: false), call, token), ReadTask);
    }

    private static bool IsAddress(GenerationPicture picture) => picture.File is null && !DataAddress.Is(picture.ToAddress());

    private static GenerationState Read(JsonElement json) => FilmTask.Read(json, Success);

    private static GenerationState ReadTask(JsonElement json)
    {
        // What went wrong with the task stands where a refusal does.
        if (Said.Text(json, "code") is { } code && code.StartsWith("50", StringComparison.Ordinal) && Array.IndexOf(TooMany, code) < 0)
        {
            return new GenerationState { Status = ChatGenerationStatus.Failed, FailReason = Said.Text(json, "message"), FailCode = code };
        }

        GenerationState state = Read(json);
        return state switch
        {
            { RawStatus: "not_found" } => throw Said.Refusal("There is no such task.", "task_not_exist", json),
            { RawStatus: "done", Results.Count: 0 } => state with { Status = ChatGenerationStatus.Failed, FailReason = "The service is done, and gives no film." },
            { RawStatus: "expired" } => state with { FailReason = "The service has thrown the task away." },
            _ => state,
        };
    }
}
