using System.Text.Json;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>Songs of Suno in the form of sunoapi.org, kie.ai and their copies.</summary>
internal static class SunoReseller
{
    // What the service says of a song that cannot be made, and of credits that it has given back.
    private static readonly string[] Failed = ["400", "413", "501", "531"];

    /// <summary>Puts into the body what depends on the action.</summary>
    /// <param name="fields">The body.</param>
    /// <param name="request">What is asked.</param>
    public static void Place(Dictionary<string, object?> fields, GenerationRequest request)
    {
        if (request.Description.Name == "Lyrics")
        {
            return;
        }

        bool isShaped = fields.ContainsKey("title") || fields.ContainsKey("style");
        GenerationRequest.Put(fields, "model", request.Model);
        GenerationRequest.Put(fields, "prompt", request.Prompt);
        if (request.Parent is not null)
        {
            // Without settings of its own it goes on as the song was made.
            fields["defaultParamFlag"] = isShaped || request.Prompt is not null || fields.ContainsKey("continueAt");
            fields["audioId"] = SunoGenerations.SongOf(request);
            return;
        }

        fields["customMode"] = request.Description.Name switch
        {
            "Song" => false,
            "Instrumental" => isShaped,
            _ => true,
        };
        fields["instrumental"] = request.Description.Name is "Instrumental" or "AddInstrumental";
    }

    /// <summary>Reads the answer to a task that was handed in.</summary>
    /// <param name="json">The answer.</param>
    /// <returns>The task.</returns>
    public static GenerationState ReadSubmit(JsonElement json) => TaskId.Read(json, "data.taskId", "data.task_id") is var id && (id is not null || (IsSuccess(json) && (Said.Text(json, "code") is not null || Said.Complaint(json) is null)))
        ? new GenerationState { Id = id, RawStatus = "PENDING" }
        : throw Said.Refusal(Said.Complaint(json), Said.Text(json, "code", "error.code"), json);

    /// <summary>Reads what it says of a task.</summary>
    /// <param name="json">The answer.</param>
    /// <returns>The task.</returns>
    public static GenerationState Read(JsonElement json)
    {
        if (Said.Find(json, "data") is not { ValueKind: JsonValueKind.Object } data)
        {
            string? code = Said.Text(json, "code");
            return Array.IndexOf(Failed, code) >= 0
                ? new GenerationState { Status = ChatGenerationStatus.Failed, FailReason = Said.Text(json, "msg", "message"), FailCode = code }
                : throw Said.Refusal(Said.Complaint(json) ?? (IsSuccess(json) ? "There is no such task." : null), IsSuccess(json) && Said.Find(json, "error") is null ? Said.UnknownTask : code, json);
        }

        string status = Said.Text(data, "status") ?? "";
        JsonElement[] songs = [.. Said.Items(data, "response.sunoData", "response.data")];
        bool isLyrics = Said.Text(data, "type") == "LYRICS" || songs.Any(song => Said.Text(song, "text") is not null && Said.Text(song, "audioUrl") is null);
        ChatGenerationResult[] results = [.. songs.SelectMany(song => SunoGenerations.ToResult(song, "audioUrl"))];

        // That nobody could be called back does not make the songs go away.
        bool isSungAllTheSame = status.Equals("CALLBACK_EXCEPTION", StringComparison.OrdinalIgnoreCase) && (results.Length > 0 || isLyrics);
        return new GenerationState
        {
            Id = TaskId.Read(data, "taskId"),
            RawStatus = status,
            Status = isSungAllTheSame ? ChatGenerationStatus.Succeeded : null,
            SubmittedAt = Said.Time(data, "createTime"),
            FinishedAt = Said.Time(data, "completeTime"),
            Results = results,
            Text = isLyrics || results.Length > 0 ? songs.Select(song => Said.Text(song, "text", "prompt")).FirstOrDefault(text => text is not null) : null,
            FailReason = Said.Text(data, "errorMessage"),
            FailCode = Said.Text(data, "errorCode"),
        };
    }

    private static bool IsSuccess(JsonElement json) => Said.Text(json, "code") is null or "200" or "success";
}
