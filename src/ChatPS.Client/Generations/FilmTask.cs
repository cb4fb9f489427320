using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Client.Images;
using ChatPS.Client.Media;

namespace ChatPS.Client.Generations;

/// <summary>
/// Reads films as gateways and most vendors tell of them: in new-api's wrapper, with words in capitals or in small letters, as
/// OpenAI's video object, or bare. What the vendor behind a gateway says lies within.
/// </summary>
internal static class FilmTask
{
    private const int DeepestAnswer = 4;

    private static readonly string[] Ids = ["task_id", "id"];
    private static readonly string[] Words = ["status", "task_status", "state"];
    private static readonly string[] Reasons = ["fail_reason", "failure_reason", "task_status_msg", "failure", "data.failure", "error.message", "error_message", "error", "err_msg", "message", "err_code"];
    private static readonly string[] Addresses = ["result_url", "url", "video_url", "metadata.url", "content.video_url", "content.url", "file.download_url"];
    private static readonly string[] Lists = ["task_result.videos", "creations", "videos", "video_urls", "video_result", "output", "artifacts"];

    /// <summary>Reads the answer to a task that was handed in. A refusal has no task: where there is one it is under way, whatever the code.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="success">The code that says that all is well, where it is another than the usual ones.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="WireFormatException">The service refuses.</exception>
    public static GenerationState ReadSubmit(JsonElement json, string? success = null) => Read(json, HasTask(json) ? Said.Text(json, "code") ?? success : success);

    /// <summary>Tells whether an answer names a task, and not just the request.</summary>
    /// <param name="json">The answer.</param>
    /// <returns>Whether it does.</returns>
    public static bool HasTask(JsonElement json) => TaskId.Read(json, "task_id", "data.task_id", "data.id", "task.task_id", "task.id") is not null;

    /// <summary>Reads an answer.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="success">The code that says that all is well, where it is another than the usual ones.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="WireFormatException">The service refuses.</exception>
    public static GenerationState Read(JsonElement json, string? success = null)
    {
        JsonElement task = Unwrap(json);
        string? id = TaskId.Read(task, Ids);
        string? word = Said.Text(task, Words);
        if ((Said.Text(json, "code") is { } code && code != success && !UnderSuccess.IsSuccess(code)) || (id is null && word is null && Said.Complaint(json) is not null && Said.Text(json, "code") is null))
        {
            throw Refused(json);
        }

        StatusWords.TryRead(word, out ChatGenerationStatus status);
        bool isDone = status == ChatGenerationStatus.Succeeded;
        bool hasEnded = isDone || status is ChatGenerationStatus.Failed or ChatGenerationStatus.Cancelled;
        return new GenerationState
        {
            Id = id,
            RawStatus = word,
            // Some tell of 0 percent throughout.
            Progress = Said.Progress(task, "progress", "progressRatio") is > 0 and var percent ? percent : null,
            Model = Said.Text(task, "model", "model_name"),
            SubmittedAt = Said.Time(task, "submit_time", "created_at", "createdAt", "created"),
            StartedAt = Said.Time(task, "start_time", "started_at"),
            FinishedAt = Said.Time(task, "finish_time", "completed_at") ?? (hasEnded ? Said.Time(task, "updated_at") : null),
            Results = isDone ? Results(task) : [],
            FailReason = hasEnded && !isDone ? Said.Text(task, Reasons) ?? Said.Text(json, "message") : null,
            FailCode = Said.Text(task, "error.code", "err_code", "fail_code", "failureCode", "data.failureCode"),
            Raw = ImageMapper.WithoutData(json.GetRawText()),
        };
    }

    /// <summary>Says that a service refused.</summary>
    /// <param name="json">The answer.</param>
    /// <returns>The exception, to throw.</returns>
    public static WireFormatException Refused(JsonElement json) =>
        Said.Refusal(Said.Text(json, "error.message", "message", "msg", "error", "description"), Said.Text(json, "error.code", "code"), json);

    /// <summary>Makes the result of a film's address, or of the film itself where the address holds it.</summary>
    /// <param name="address">The address; null for none.</param>
    /// <param name="item">What the service says of it.</param>
    /// <returns>The result; none where there is no such address.</returns>
    public static IEnumerable<ChatGenerationResult> Result(string? address, JsonElement item)
    {
        (string MediaType, byte[] Data)? whole = address is null ? null : DataAddress.Read(address);
        if (whole is null && !IsAddress(address))
        {
            return [];
        }

        return
        [
            new ChatGenerationResult
            {
                Kind = "video",
                Url = whole is null ? address!.Trim() : null,
                Data = whole?.Data,
                MediaType = whole?.MediaType,
                Id = Said.Text(item, "video_id"),
                Duration = Said.Number(item, "duration", "seconds", "metadata.duration"),
                ExpiresAt = Said.Time(item, "expires_at"),
            },
        ];
    }

    // The wrapper has a code, or nothing of the task itself.
    private static JsonElement Unwrap(JsonElement json) =>
        Said.Find(json, "data", "task") is { ValueKind: JsonValueKind.Object } inner && (Said.Find(json, "code") is not null || TaskId.Read(json, Ids) is null) ? inner : json;

    private static ChatGenerationResult[] Results(JsonElement task)
    {
        JsonElement at = task;
        for (int depth = 0; depth < DeepestAnswer; depth++)
        {
            ChatGenerationResult[] found = [.. Found(at)];
            if (found.Length > 0)
            {
                return found;
            }

            if (Said.Find(at, "data", "detail") is not { ValueKind: JsonValueKind.Object } inner)
            {
                break;
            }

            at = inner;
        }

        // Before there was a place for it, new-api put the address where the reason of a failure stands.
        return [.. Result(Said.Text(task, "fail_reason"), task)];
    }

    private static IEnumerable<ChatGenerationResult> Found(JsonElement at)
    {
        string? address = Addresses.Select(path => Said.Text(at, path)).FirstOrDefault(text => IsAddress(text) || DataAddress.Is(text));
        return address is not null
            ? Result(address, at)
            : Said.Items(at, Lists).SelectMany(item => item.ValueKind == JsonValueKind.String ? Result(Said.Text(item), default) : Result(Said.Text(item, "url", "uri", "video_url"), item));
    }

    private static bool IsAddress(string? text) =>
        text?.TrimStart() is { } address && (address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
}
