using System.Text.Json;
using ChatPS.Api.Generations;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.Gemini;
using ChatPS.Client.Faults;
using ChatPS.Client.Images;
using ChatPS.Client.Media;

namespace ChatPS.Client.Generations;

/// <summary>Films of Google's Veo, at Google or at a gateway that speaks as Google does. The task is an operation, whose name is its id.</summary>
internal sealed class VeoGenerations : IGenerationFamily
{
    private static readonly ActionDescription Video = FilmActions.Video(
        FilmActions.Image(""),
        FilmActions.EndImage("") with { Needs = "Image" },
        FilmActions.Duration("parameters.durationSeconds"),
        FilmActions.AspectRatio("parameters.aspectRatio"),
        FilmActions.Resolution("parameters.resolution", "720p", "1080p", "4k"),
        FilmActions.NegativePrompt("parameters.negativePrompt"),
        FilmActions.Seed("parameters.seed"),
        FilmActions.Sound("parameters.generateAudio"),
        new("Count", "parameters.sampleCount", ParameterType.Integer, "How many films to make.") { Least = 1, Most = 4 },
        new("PersonGeneration", "parameters.personGeneration", ParameterType.Text, "Whether the film may show people.") { Values = ["allow_all", "allow_adult", "dont_allow"] },
        new("StorageUri", "parameters.storageUri", ParameterType.Text, "Where at Google the film is put, such as gs://bucket/folder.")) with { PromptField = "", ModelField = "" };

    public string Service => "Veo";

    public IReadOnlyList<GenerationForm> Forms { get; } = [new("")];

    public IReadOnlyList<ActionDescription> Actions { get; } = [Video, FilmActions.Of(Video, FilmActions.Image(""))];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(10);

    public bool IsServedBy(Dialect dialect) => dialect is GeminiDialect || dialect.Offer<OpenAIEndpoints>() is not null;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        Dictionary<string, object?> instance = new(StringComparer.Ordinal);
        GenerationRequest.Put(instance, "prompt", request.Prompt);
        GenerationRequest.Put(instance, "image", PictureOf(request, "Image"));
        GenerationRequest.Put(instance, "lastFrame", PictureOf(request, "EndImage"));
        Dictionary<string, object?> fields = request.Fields();
        fields["instances"] = new List<object?> { instance };
        string model = GeminiModelName.ToPath(request.Model!);
        return calls.SendAsync((call, token) => calls.Client<IVeoApi>().SubmitAsync(model, calls.Body(fields), call, token), Read, request.Model);
    }

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls) =>
        Array.Exists(task.Id.Split('/'), step => step is "" or "." or "..")
            ? throw Failures.Invalid($"-Id: '{ParameterRules.OnOneLine(task.Id)}' cannot stand in an address.", "Give the id as Start-ChatGeneration shows it.")
            : calls.SendAsync((call, token) => calls.Client<IVeoApi>().LookAsync(task.Id, call, token), Read);

    private static Dictionary<string, object?>? PictureOf(GenerationRequest request, string name)
    {
        if (request.Get<GenerationPicture>(name) is not { } picture)
        {
            return null;
        }

        string address = picture.ToAddress();
        return DataAddress.Is(address)
            ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["bytesBase64Encoded"] = picture.ToBase64(), ["mimeType"] = address.Substring("data:".Length, address.IndexOfAny([';', ',']) - "data:".Length) }
            : throw Failures.Invalid($"-{name}: Veo takes the picture itself, and no address.", "Save the picture first, and give the file.");
    }

    private static GenerationState Read(JsonElement json)
    {
        if (TaskId.Read(json, "name") is not { } name)
        {
            return FilmTask.Read(json);
        }

        GenerationState state = new() { Id = name, Status = ChatGenerationStatus.Running, Raw = ImageMapper.WithoutData(json.GetRawText()) };
        if (Said.Find(json, "error") is not null)
        {
            return state with { Status = ChatGenerationStatus.Failed, FailReason = Said.Text(json, "error.message"), FailCode = Said.Text(json, "error.status", "error.code") };
        }

        if (Said.Find(json, "done") is not { ValueKind: JsonValueKind.True })
        {
            return state;
        }

        ChatGenerationResult[] films = [.. Said.Items(json, "response.generateVideoResponse.generatedVideos", "response.generateVideoResponse.generatedSamples", "response.generatedVideos", "response.videos").SelectMany(FilmOf)];
        double filtered = Said.Number(json, "response.generateVideoResponse.raiMediaFilteredCount", "response.raiMediaFilteredCount") ?? 0;
        return films.Length > 0 || filtered == 0
            ? state with { Status = ChatGenerationStatus.Succeeded, Results = films }
            : state with { Status = ChatGenerationStatus.Failed, FailCode = "filtered", FailReason = ReasonOf(json) };
    }

    private static IEnumerable<ChatGenerationResult> FilmOf(JsonElement json)
    {
        JsonElement film = Said.Find(json, "video") is { ValueKind: JsonValueKind.Object } inner ? inner : json;
        return Said.Text(film, "bytesBase64Encoded", "encodedVideo") is { } base64 && DataAddress.Decode(base64) is { } data
            ? [new ChatGenerationResult { Kind = "video", Data = data, MediaType = Said.Text(film, "mimeType", "encoding") ?? "video/mp4", Size = data.LongLength }]
            : Said.Result("video", Said.Text(film, "uri", "gcsUri"));
    }

    private static string ReasonOf(JsonElement json)
    {
        string[] reasons = [.. Said.Items(json, "response.generateVideoResponse.raiMediaFilteredReasons", "response.raiMediaFilteredReasons").Select(Said.Text).OfType<string>()];
        return $"The film was filtered{(reasons.Length > 0 ? ": " + string.Join(" ", reasons) : ".")}";
    }
}
