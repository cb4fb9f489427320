using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.Generations;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>Pictures and short films of Midjourney, as its proxies serve them. What a finished task offers are the buttons below its picture.</summary>
internal sealed class MidjourneyGenerations : IGenerationList, IGenerationStop
{
    private const string ExtendVideo = "ExtendVideo";

    // Accepted, there already or waiting for input, queued.
    private static readonly string[] Taken = ["1", "21", "22"];

    // Not found, invalid, queue full, banned word, group saturated. Where a task comes beside any other code it is under way.
    private static readonly string[] Refusals = ["3", "4", "23", "24", "30"];

    private static readonly string[] Ids = ["id"];

    private static readonly ParameterDescription Bot = new("BotType", "botType", ParameterType.Text, "Which bot draws.") { Values = ["MID_JOURNEY", "NIJI_JOURNEY"] };

    private static readonly ParameterDescription Speed = new("Speed", "", ParameterType.Text, "How fast, where the proxy has several queues.") { Values = ["fast", "turbo", "relax"] };

    private static readonly ParameterDescription State = new("State", "state", ParameterType.Text, "A text of yours that the task carries along.");

    public string Service => "Midjourney";

    public IReadOnlyList<GenerationForm> Forms { get; } = [new("") { NotifyField = "notifyHook" }];

    public IReadOnlyList<ActionDescription> Actions { get; } =
    [
        new("Imagine", "Draws four pictures of a prompt.")
        {
            Path = "submit/imagine",
            NeedsPrompt = true,
            Parameters = [new("Image", "base64Array", ParameterType.Pictures, "Pictures that the prompt is about."), Bot, Speed, State],
        },
        new("Blend", "Mixes two to five pictures.")
        {
            Path = "submit/blend",
            PromptField = null,
            Item = "Image",
            Parameters =
            [
                new("Image", "base64Array", ParameterType.Pictures, "The pictures to mix, two to five.") { IsRequired = true, Least = 2, Most = 5 },
                new("Dimensions", "dimensions", ParameterType.Text, "The form of the picture.") { Values = ["SQUARE", "PORTRAIT", "LANDSCAPE"] },
                Bot, Speed, State,
            ],
        },
        new("Describe", "Describes a picture as four prompts.")
        {
            Path = "submit/describe",
            PromptField = null,
            Item = "Image",
            Parameters = [new("Image", "base64", ParameterType.Picture, "The picture to describe.") { IsRequired = true }, new("Language", "language", ParameterType.Text, "The language of the description, where the proxy can choose it."), Bot, Speed, State],
        },
        new("Shorten", "Shows which words of a prompt count.") { Path = "submit/shorten", NeedsPrompt = true, Parameters = [Bot, Speed, State] },
        new("Edit", "Changes a picture as a prompt says.")
        {
            Path = "submit/edits",
            NeedsPrompt = true,
            Item = "Image",
            Parameters = [new("Image", "image", ParameterType.Picture, "The picture to change.") { IsRequired = true }, Bot, Speed, State],
        },
        new("Video", "Makes a short film of a picture.")
        {
            Path = "submit/video",
            Parameters =
            [
                new("Image", "image", ParameterType.Picture, "The picture that the film begins with."),
                new("EndImage", "endImage", ParameterType.Picture, "The picture that the film ends with."),
                new("Motion", "motion", ParameterType.Text, "How much moves.") { Values = ["low", "high"], IsRequired = true },
                new("Loop", "loop", ParameterType.Flag, "Whether the end leads to the beginning."),
                new("VideoType", "videoType", ParameterType.Text, "The model of the film, as the proxy calls it."),
                new("BatchSize", "batchSize", ParameterType.Integer, "How many films to make.") { Values = ["1", "2", "4"], Least = 1, Most = 4 },
                Speed, State,
            ],
        },
        new("SwapFace", "Puts the face of one picture into another.")
        {
            Path = "insight-face/swap",
            PromptField = null,
            Item = "Target",
            Parameters =
            [
                new("Source", "sourceBase64", ParameterType.Picture, "The picture with the face.") { IsRequired = true },
                new("Target", "targetBase64", ParameterType.Picture, "The picture that gets the face.") { IsRequired = true },
                Speed, State,
            ],
        },
        new("Upload", "Uploads pictures to Discord, and gives their addresses.")
        {
            Path = "submit/upload-discord-images",
            PromptField = null,
            Item = "Image",
            IsAtOnce = true,
            Parameters = [new("Image", "base64Array", ParameterType.Pictures, "The pictures to upload.") { IsRequired = true, Least = 1 }],
        },
        new(GenerationService.ButtonAction, "Presses a button of the task.")
        {
            IsFollowUp = true,
            Names = MidjourneyButton.Names,
            Path = "submit/action",
            PromptField = null,
            Parameters = [new("EnableRemix", "enableRemix", ParameterType.Flag, "Whether the service asks for another prompt first."), State],
        },
        new("Modal", "Gives a task the prompt, or the mask, that it waits for.")
        {
            IsFollowUp = true,
            Path = "submit/modal",
            GivesInput = true,
            Parameters = [new("Mask", "maskBase64", ParameterType.Picture, "A picture that is white where the task may draw."), State],
        },
        new("Change", "Upscales, varies or draws again, at proxies that know no buttons.")
        {
            IsFollowUp = true,
            ResultKind = "image",
            Path = "submit/change",
            PromptField = null,
            Parameters =
            [
                new("Change", "action", ParameterType.Text, "What to do.") { Values = ["UPSCALE", "VARIATION", "REROLL"], IsClosed = true, IsRequired = true },
                new("Number", "index", ParameterType.Integer, "Which of the four pictures.") { Least = 1, Most = 4 },
                Speed, State,
            ],
        },
        new(ExtendVideo, "Makes a film of the task longer.")
        {
            IsFollowUp = true,
            ResultKind = "video",
            Path = "submit/video",
            Parameters =
            [
                new("Number", "index", ParameterType.Integer, "Which of the films, from 0.") { Least = 0, Most = 3 },
                new("Motion", "motion", ParameterType.Text, "How much moves.") { Values = ["low", "high"] },
                Speed, State,
            ],
        },
        new("Seed", "Tells the seed of the task's picture.") { IsFollowUp = true, ResultKind = "image", IsAtOnce = true, PromptField = null },
    ];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(2);

    public bool DeletesResults => false;

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public int MostAtOnce(string? form) => 100;

    // Only some proxies can; the others say that there is no such address.
    public bool CanStop(string? form) => true;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        if (request.Description.Name == "Seed")
        {
            return calls.SendAsync((call, token) => calls.Client<IMidjourneyApi>().SeedAsync(request.Parent!.Id, call, token), json => AtOnce(json, Said.Text(json, "result")));
        }

        Dictionary<string, object?> fields = request.Fields();
        if (request.Parent is { } parent)
        {
            fields["taskId"] = parent.Id;
            GenerationRequest.Put(fields, "action", request.Description.Name == ExtendVideo ? "extend" : null);
            GenerationRequest.Put(fields, "customId", request.Description.Name == GenerationService.ButtonAction ? parent.Actions.First(button => button.Name == request.Action).CustomId : null);
        }

        return calls.SendAsync(
            (call, token) => calls.Client<IMidjourneyApi>().SubmitAsync(Prefix(request.Mode), request.Description.Path, calls.Body(fields), call, token),
            json => request.Description.IsAtOnce ? AtOnce(json, text: null) : ReadSubmit(json, request.Parent));
    }

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls) =>
        calls.SendAsync((call, token) => calls.Client<IMidjourneyApi>().FetchAsync(task.Id, call, token), json => TaskId.Require(ReadTask(json), task));

    public Task<IReadOnlyList<GenerationState>> LookAsync(IReadOnlyList<ChatGeneration> tasks, GenerationCalls calls)
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal) { ["ids"] = tasks.Select(task => task.Id).ToList<object?>() };
        return calls.SendListAsync(
            (call, token) => calls.Client<IMidjourneyApi>().ListAsync(calls.Body(fields, addsOwn: false), call, token),
            json => json.ValueKind == JsonValueKind.Array || Said.Find(json, "data") is { ValueKind: JsonValueKind.Array }
                ? TaskList.Read(json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : Said.Find(json, "data")!.Value.EnumerateArray(), tasks, Ids, ReadTask)
                : throw Refused(json));
    }

    public async Task<GenerationState?> StopAsync(ChatGeneration task, GenerationCalls calls) =>
        await calls.SendAsync((call, token) => calls.Client<IMidjourneyApi>().CancelAsync(task.Id, call, token), ReadStop);

    // A proxy may have several queues, each with a path of its own.
    private static string Prefix(string? mode) => mode is { Length: > 0 } ? $"mj-{mode.ToLowerInvariant()}/" : "";

    private static GenerationState ReadSubmit(JsonElement json, ChatGeneration? parent)
    {
        string? code = Said.Text(json, "code");
        string? id = TaskId.Read(json, "result");
        bool isRefused = code is null
            ? id is null && Said.Complaint(json) is not null
            : Array.IndexOf(Taken, code) < 0 && (id is null || id.Any(char.IsWhiteSpace) || Array.IndexOf(Refusals, code) >= 0);
        if (isRefused)
        {
            throw Refused(json);
        }

        bool waits = code == "21" && Said.Text(json, "properties.status", "status") == "MODAL";
        return new GenerationState
        {
            Id = id ?? (waits ? parent?.Id : null),
            RawStatus = waits ? "MODAL" : code == "22" ? "QUEUED" : "SUBMITTED",
            FailReason = waits ? Said.Text(json, "description") : null,
        };
    }

    // Without a word that it was taken, or that the task is cancelled, it goes on.
    private static GenerationState ReadStop(JsonElement json)
    {
        string? status = Said.Text(json, "status");
        bool isCancelled = StatusWords.TryRead(status, out ChatGenerationStatus meaning) && meaning == ChatGenerationStatus.Cancelled;
        return isCancelled || (Said.Text(json, "code") is { } code && Array.IndexOf(Taken, code) >= 0)
            ? new GenerationState { RawStatus = status, Status = status is null ? ChatGenerationStatus.Cancelled : null }
            : throw Refused(json);
    }

    private static GenerationState AtOnce(JsonElement json, string? text) => (Said.Text(json, "code") is { } code ? Array.IndexOf(Taken, code) < 0 : Said.Complaint(json) is not null)
        ? throw Refused(json)
        : new GenerationState
        {
            Id = TaskId.Read(json, "id"),
            Status = ChatGenerationStatus.Succeeded,
            Text = text,
            Results = text is null ? [.. Said.Items(json, "result").SelectMany(address => Said.Result("image", Said.Address(address, "url")))] : [],
        };

    private static WireFormatException Refused(JsonElement json)
    {
        string? code = Said.Text(json, "code");
        string? message = Said.Text(json, "properties.bannedWord") is { } word ? $"{Said.Text(json, "description")} (banned word: {word})" : Said.Complaint(json) ?? Said.Text(json, "description");
        return Said.Refusal(message, code, json, code switch
        {
            "3" or "4" => "invalid_request_error",
            "23" or "30" => "rate_limit_error",
            "24" => "content_filter",
            _ => null,
        });
    }

    private GenerationState ReadTask(JsonElement json)
    {
        if (TaskId.Read(json, "id") is not { } id)
        {
            throw Said.Complaint(json) is null && Said.Text(json, "description") is null ? Said.Refusal("There is no such task.", Said.UnknownTask, json) : Refused(json);
        }

        string status = Said.Text(json, "status") ?? "";
        bool isDone = status.Equals("SUCCESS", StringComparison.OrdinalIgnoreCase);
        string? action = Said.Text(json, "action");
        return new GenerationState
        {
            Id = id,
            Action = action,
            RawStatus = status,
            Progress = Said.Progress(json, "progress"),
            Prompt = Said.Text(json, "prompt", "promptEn"),
            SubmittedAt = Said.Time(json, "submitTime"),
            StartedAt = Said.Time(json, "startTime"),
            FinishedAt = Said.Time(json, "finishTime"),
            Text = isDone && action is "DESCRIBE" or "SHORTEN" ? Said.Text(json, "properties.finalPrompt", "promptEn", "prompt") : null,
            // While it runs there may be a preview, which is no result.
            Results = isDone ? [.. Addresses(json)] : [],
            FailReason = Said.Text(json, "failReason") ?? (status == "MODAL" ? Said.Text(json, "description") : null),
            Actions = MidjourneyButton.Read(Said.Items(json, "buttons"), Actions.Where(own => own.IsFollowUp).Select(own => own.Name)),
            Raw = json.GetRawText(),
        };
    }

    private static IEnumerable<ChatGenerationResult> Addresses(JsonElement json)
    {
        string[] films = [.. Said.Items(json, "videoUrls").Select(item => Said.Address(item, "url")).Append(Said.Text(json, "videoUrl")).OfType<string>().Distinct(StringComparer.Ordinal)];
        string[] pictures = [.. Said.Items(json, "imageUrls").Select(item => Said.Address(item, "url")).OfType<string>().Distinct(StringComparer.Ordinal)];
        IEnumerable<string> images = films.Length > 0 ? [] : pictures.Length > 0 ? pictures : new[] { Said.Text(json, "imageUrl") }.OfType<string>();
        return films.SelectMany(film => Said.Result("video", film)).Concat(images.SelectMany(image => Said.Result("image", image)));
    }
}
