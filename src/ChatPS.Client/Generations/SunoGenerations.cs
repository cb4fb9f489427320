using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.Generations;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>Songs of Suno. Gateways and resellers serve them in forms that have hardly a field in common.</summary>
internal sealed class SunoGenerations : IGenerationList
{
    private const string Gateway = "Gateway";
    private const string Reseller = "SunoApi";

    private static readonly string[] Ids = ["task_id", "id"];
    private static readonly string[] ResellerActions = [Reseller];

    private static readonly ParameterDescription[] Form =
    [
        new("Title", "title", ParameterType.Text, "The title of the song."),
        new("Tags", "tags", ParameterType.Text, "The style in words, separated by commas, such as 'folk, slow'.") { Forms = [Gateway] },
        new("Tags", "style", ParameterType.Text, "The style in words, separated by commas, such as 'folk, slow'.") { Forms = [Reseller] },
    ];

    private static readonly ParameterDescription[] Taste =
    [
        new("NegativePrompt", "negativeTags", ParameterType.Text, "What the song must not sound like.") { Forms = [Reseller] },
        new("VocalGender", "vocalGender", ParameterType.Text, "Who sings: a man or a woman.") { Values = ["m", "f"], IsClosed = true, Forms = [Reseller] },
        new("StyleWeight", "styleWeight", ParameterType.Number, "How much the style counts, from 0 to 1.") { Least = 0, Most = 1, Forms = [Reseller] },
        new("Weirdness", "weirdnessConstraint", ParameterType.Number, "How far the song may stray, from 0 to 1.") { Least = 0, Most = 1, Forms = [Reseller] },
        new("AudioWeight", "audioWeight", ParameterType.Number, "How much the sound that it begins with counts, from 0 to 1.") { Least = 0, Most = 1, Forms = [Reseller] },
        new("PersonaId", "personaId", ParameterType.Text, "The id of a voice that was kept.") { Forms = [Reseller] },
    ];

    private static readonly ParameterDescription Upload = new("Audio", "uploadUrl", ParameterType.Text, "The address of the sound to begin with; the service fetches it.") { IsRequired = true, IsAddress = true };

    public string Service => "Suno";

    public IReadOnlyList<GenerationForm> Forms { get; } =
    [
        new(Gateway) { Prefix = "suno", NotifyField = "notify_hook" },
        new(Reseller) { Prefix = "api/v1", NotifyField = "callBackUrl", NeedsModel = true, IsOf = address => Hosts.Are(address, "sunoapi.org", "kie.ai") },
    ];

    public IReadOnlyList<ActionDescription> Actions { get; } =
    [
        Song("Song", "Makes two songs of a description, words and all.") with { NeedsPrompt = true, Parameters = Taste },
        Song("Sing", "Makes two songs of your own words.") with { NeedsPrompt = true, Parameters = [.. Form, .. Taste] },
        Song("Instrumental", "Makes two pieces of music without a voice.") with { NeedsPrompt = true, Parameters = [.. Form, .. Taste] },
        new("Lyrics", "Writes the words of a song.") { Path = "lyrics", NeedsPrompt = true },
        Song("Cover", "Sings a recording anew.") with { Path = "generate/upload-cover", Forms = ResellerActions, Parameters = [Upload, .. Form, .. Taste] },
        Song("ExtendUpload", "Goes on from a recording.") with { Path = "generate/upload-extend", Forms = ResellerActions, Parameters = [Upload, new("ContinueAt", "continueAt", ParameterType.Number, "Where to go on, in seconds.") { Least = 0 }, .. Form, .. Taste] },
        Song("AddVocals", "Sings to a piece of music.") with { Path = "generate/add-vocals", Forms = ResellerActions, Parameters = [Upload, .. Form, .. Taste] },
        Song("AddInstrumental", "Plays music to a voice.") with { Path = "generate/add-instrumental", Forms = ResellerActions, Parameters = [Upload, .. Form, .. Taste] },
        Song("Extend", "Goes on from a song of the task.") with
        {
            Path = "generate/extend",
            IsFollowUp = true,
            ResultKind = "audio",
            Parameters =
            [
                new("Number", "", ParameterType.Integer, "Which of the songs; the first if not given.") { Least = 1 },
                new("ContinueAt", "continue_at", ParameterType.Number, "Where in the song to go on, in seconds; at its end if not given.") { Least = 0, Forms = [Gateway] },
                new("ContinueAt", "continueAt", ParameterType.Number, "Where in the song to go on, in seconds; at its end if not given.") { Least = 0, Forms = [Reseller] },
                .. Form, .. Taste,
            ],
        },
    ];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public bool IsServedBy(Dialect dialect) => dialect.Offer<OpenAIEndpoints>() is not null;

    public int MostAtOnce(string? form) => form == Reseller ? 0 : 100;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls)
    {
        Dictionary<string, object?> fields = request.Fields();
        string prefix = calls.Prefix(request.KnownForm);
        if (request.KnownForm.Name == Reseller)
        {
            SunoReseller.Place(fields, request);
            return calls.SendAsync((call, token) => calls.Client<ISunoApi>().GenerateAsync(prefix + request.Description.Path, calls.Body(fields), call, token), SunoReseller.ReadSubmit, request.Model);
        }

        bool isLyrics = request.Description.Name == "Lyrics";
        if (!isLyrics)
        {
            Place(fields, request);
        }

        return calls.SendAsync((call, token) => calls.Client<ISunoApi>().SubmitAsync(prefix, isLyrics ? "lyrics" : "music", calls.Body(fields), call, token), ReadSubmit, request.Model);
    }

    public async Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls)
    {
        string prefix = calls.Prefix(GenerationCalls.FormOf(Forms, task.Form));
        if (task.Form != Reseller)
        {
            return await calls.SendAsync((call, token) => calls.Client<ISunoApi>().FetchAsync(prefix, task.Id, call, token), json => TaskId.Require(Read(Task(json)), task));
        }

        Task<GenerationState> RecordAsync(string kind) =>
            calls.SendAsync((call, token) => calls.Client<ISunoApi>().RecordAsync(prefix + kind, task.Id, call, token), json => TaskId.Require(SunoReseller.Read(json), task));

        if (task.Action.Length > 0)
        {
            return await RecordAsync(task.Action == "Lyrics" ? "lyrics" : "generate");
        }

        // Of a task that another session has begun nobody knows whether it is a song or the words of one.
        try
        {
            return await RecordAsync("generate");
        }
        catch (ChatServiceException failure) when (GenerationVigil.IsUnknown(failure))
        {
            return await RecordAsync("lyrics");
        }
    }

    public Task<IReadOnlyList<GenerationState>> LookAsync(IReadOnlyList<ChatGeneration> tasks, GenerationCalls calls)
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal) { ["ids"] = tasks.Select(task => task.Id).ToList<object?>() };
        string prefix = calls.Prefix(Forms[0]);
        return calls.AskAsync<IReadOnlyList<GenerationState>>(
            (call, token) => calls.Client<ISunoApi>().ListAsync(prefix, calls.Body(fields, addsOwn: false), call, token),
            json => IsSuccess(json) ? TaskList.Read(Said.Items(json, "data"), tasks, Ids, Read) : throw Refused(json));
    }

    private static ActionDescription Song(string name, string help) => new(name, help) { Path = "generate", PromptField = "", TakesModel = true, ModelField = "" };

    // A song is described, or sung to words that are given, or goes on from another.
    private static void Place(Dictionary<string, object?> fields, GenerationRequest request)
    {
        GenerationRequest.Put(fields, "mv", request.Model);
        bool isDescribed = request.Description.Name is "Song" or "Instrumental";
        GenerationRequest.Put(fields, isDescribed ? "gpt_description_prompt" : "prompt", request.Prompt);
        fields["make_instrumental"] = request.Description.Name == "Instrumental";
        if (request.Parent is { } parent)
        {
            fields["task_id"] = parent.Id;
            fields["continue_clip_id"] = SongOf(request);
        }
    }

    /// <summary>Finds the song to go on from.</summary>
    /// <param name="request">What is asked.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="ChatServiceException">The task has no such song.</exception>
    internal static string SongOf(GenerationRequest request)
    {
        ChatGeneration parent = request.Parent!;
        long number = request.Parameters.TryGetValue("Number", out object? given) && given is not null ? Convert.ToInt64(given, System.Globalization.CultureInfo.InvariantCulture) : 1;
        ChatGenerationResult[] songs = [.. parent.Result.Where(song => song.Id is { Length: > 0 })];
        return number <= songs.Length ? songs[number - 1].Id! : throw Failures.Invalid(
            FormattableString.Invariant($"-Number is {number}; the task {parent.Id} has {Counted.Of(songs.Length, "song")} to go on from."), "Wait until it is done with Wait-ChatGeneration, or give another number.");
    }

    // A refusal has no task: where there is one it is under way, whatever the code.
    private static GenerationState ReadSubmit(JsonElement json)
    {
        bool isSuccess = IsSuccess(json);
        string? id = TaskId.Read(json, "data.task_id", "data.id") ?? (isSuccess ? TaskId.Read(json, "data") : null);
        return id is not null || (isSuccess && (Said.Text(json, "code") is not null || Said.Complaint(json) is null)) ? new GenerationState { Id = id, RawStatus = "SUBMITTED" } : throw Refused(json);
    }

    private static JsonElement Task(JsonElement json) => IsSuccess(json) ? Said.Find(json, "data") ?? json : throw Refused(json);

    private static bool IsSuccess(JsonElement json) => Said.Text(json, "code") is null or "success";

    private static WireFormatException Refused(JsonElement json) => Said.Refusal(Said.Complaint(json), Said.Text(json, "code", "error.code"), json);

    private static GenerationState Read(JsonElement json)
    {
        if (TaskId.Read(json, Ids) is not { } id)
        {
            throw Said.Refusal(Said.Complaint(json) ?? "There is no such task.", Said.UnknownTask, json);
        }

        bool isLyrics = Said.Text(json, "action") is { } action && action.Equals("LYRICS", StringComparison.OrdinalIgnoreCase);
        string status = Said.Text(json, "status") ?? "";
        StatusWords.TryRead(status, out ChatGenerationStatus meaning);
        JsonElement[] songs = isLyrics ? [] : [.. Said.Items(json, "data").Where(song => IsWhole(song, meaning))];
        ChatGenerationResult[] results = [.. songs.SelectMany(song => ToResult(song, "audio_url"))];
        return new GenerationState
        {
            Id = id,
            RawStatus = status,
            Action = isLyrics ? "Lyrics" : null,
            Progress = Said.Progress(json, "progress"),
            SubmittedAt = Said.Time(json, "submit_time"),
            StartedAt = Said.Time(json, "start_time"),
            FinishedAt = Said.Time(json, "finish_time"),
            Results = results,
            Text = isLyrics ? Said.Items(json, "data").Select(words => Said.Text(words, "text", "prompt")).FirstOrDefault(text => text is not null)
                : results.Length > 0 ? songs.Select(song => Said.Text(song, "text", "metadata.prompt")).FirstOrDefault(text => text is not null) : null,
            FailReason = Said.Text(json, "fail_reason") ?? Said.Items(json, "data").Select(song => Said.Text(song, "metadata.error_message")).FirstOrDefault(text => text is not null),
            FailCode = Said.Items(json, "data").Select(song => Said.Text(song, "metadata.error_type")).FirstOrDefault(text => text is not null),
            Raw = json.GetRawText(),
        };
    }

    // While a song is made its address plays what there is of it.
    private static bool IsWhole(JsonElement song, ChatGenerationStatus task) =>
        task == ChatGenerationStatus.Succeeded || (Said.Text(song, "status") is { } word && word.Equals("complete", StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes the result of a song.</summary>
    /// <param name="song">What the service says of it.</param>
    /// <param name="address">The member with its address.</param>
    /// <returns>The result; none without an address.</returns>
    internal static IEnumerable<ChatGenerationResult> ToResult(JsonElement song, string address) => Said.Text(song, address) is { } url && !string.IsNullOrWhiteSpace(url)
        ? [new ChatGenerationResult { Kind = "audio", Url = url.Trim(), Id = TaskId.Read(song, "id"), Title = Said.Text(song, "title"), Duration = Said.Number(song, "duration", "metadata.duration") }]
        : [];
}
