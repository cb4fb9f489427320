using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families.OpenAI.Files;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Batches;

/// <summary>Batches of requests that were uploaded as files.</summary>
/// <param name="options">What the sandbox was started with.</param>
/// <param name="isAzure">Whether a batch is told of as Azure does, and never expires.</param>
internal sealed class BatchEndpoint(FamilyOptions options, bool isAzure)
{
    private const string Version = "/v1";
    private const int UsualPage = 20;
    private const int LargestPage = 100;
    private const int AzuresShortestLife = 1_209_600;

    private static readonly string[] Endpoints = ["/v1/responses", "/v1/chat/completions", "/v1/embeddings", "/v1/completions", "/v1/moderations"];

    private readonly object _lock = new();
    private readonly List<BatchTask> _tasks = [];

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/batches", Create),
        Route.Get("/batches", List),
        Route.Get("/batches/{id}", Look),
        Route.Post("/batches/{id}/cancel", Cancel),
    ];

    /// <summary>An endpoint without its version.</summary>
    public static string WithoutVersion(string endpoint) => endpoint.StartsWith(Version + "/", StringComparison.Ordinal) ? endpoint.Substring(Version.Length) : endpoint;

    private Answer Create(EndpointCall call)
    {
        Fields body = call.Body;
        string fileId = body.RequiredText("input_file_id");
        string endpoint = body.RequiredText("endpoint");
        body.Required("completion_window");
        body.Choice("completion_window", "24h");
        ChatRequest.CheckMetadata(body);
        if (!Endpoints.Contains(isAzure ? Version + WithoutVersion(endpoint) : endpoint, StringComparer.Ordinal))
        {
            throw new ApiException(ApiError.WrongValue("endpoint", endpoint, Endpoints));
        }

        TimeSpan? lifetime = Lifetime(body);
        StoredFile file = options.Files.Find(fileId) ?? throw new ApiException(new ApiError(404, $"No such File object: {fileId}", ApiError.InvalidRequest, "id", null));
        if (file.Purpose != "batch")
        {
            throw new ApiException(ApiError.Invalid($"The file '{fileId}' is for '{file.Purpose}'; a batch wants one for 'batch'.", "input_file_id", "invalid_file_purpose"));
        }

        string id = string.Format(CultureInfo.InvariantCulture, "batch_sandbox{0:D6}", call.Number);
        string plain = WithoutVersion(endpoint);
        BatchTask task = new(options, id, plain, file, new BatchRun(options, id, (isAzure ? "/openai/v1" : Version) + plain, file))
        {
            Endpoint = endpoint,
            Created = call.Created,
            Expires = isAzure ? null : call.Created + options.Limits.BatchLifetime,
            OutputLifetime = lifetime,
            Metadata = body.Object("metadata"),
        };
        lock (_lock)
        {
            _tasks.Add(task);
        }

        return Show(task);
    }

    private TimeSpan? Lifetime(Fields body)
    {
        if (body.Object("output_expires_after") is not { } expiry)
        {
            return FileEndpoint.Lifetime(null, null, "batch");
        }

        Fields fields = new(expiry, "output_expires_after.");
        TimeSpan? lifetime = FileEndpoint.Lifetime(fields.Text("anchor") ?? body.Text("anchor"), fields.Required("seconds").GetRawText(), "batch");
        return isAzure && lifetime?.TotalSeconds < AzuresShortestLife
            ? throw new ApiException(ApiError.Invalid($"Invalid 'output_expires_after.seconds': expected an integer from {AzuresShortestLife} on.", "output_expires_after", "invalid_value"))
            : lifetime;
    }

    private Answer List(EndpointCall call)
    {
        BatchTask[] tasks = All();
        Array.Reverse(tasks);
        int start = call.Query["after"] is { } after ? Array.FindIndex(tasks, task => task.Id == after) + 1 : 0;
        BatchTask[] page = [.. tasks.Skip(start).Take(call.Query.Integer("limit", 1, LargestPage) ?? UsualPage)];
        return Answer.OfJson(Shape.Of(
            ("object", "list"),
            ("data", page.Select(ToShape).ToArray()),
            ("first_id", page.FirstOrDefault()?.Id),
            ("last_id", page.LastOrDefault()?.Id),
            ("has_more", start + page.Length < tasks.Length)));
    }

    private Answer Look(EndpointCall call)
    {
        BatchTask task = Find(call["id"]);
        long? free = options.Limits.BatchQueueTokens - All().Where(other => other != task).Sum(static other => other.QueuedTokens);
        lock (task)
        {
            task.Look(call.Exchange.Http, free);
        }

        return Show(task);
    }

    private Answer Cancel(EndpointCall call)
    {
        BatchTask task = Find(call["id"]);
        lock (task)
        {
            return task.Cancel() ? Show(task) : throw new ApiException(ApiError.Invalid($"Cannot cancel a batch with status '{task.Status}'.", null, "batch_not_cancellable"));
        }
    }

    private BatchTask[] All()
    {
        lock (_lock)
        {
            return [.. _tasks];
        }
    }

    private BatchTask Find(string id) => Array.Find(All(), task => task.Id == id)
        ?? throw new ApiException(new ApiError(404, $"No batch found with id '{id}'.", ApiError.InvalidRequest, null, null));

    private Answer Show(BatchTask task) => Answer.OfJson(ToShape(task)) with { Headers = [("openai-poll-after-ms", "20")] };

    private Dictionary<string, object?> ToShape(BatchTask task)
    {
        lock (task)
        {
            bool isNew = task.Status == "validating";
            return Shape.Of(
                ("id", task.Id),
                ("object", "batch"),
                ("endpoint", isAzure ? WithoutVersion(task.Endpoint) : task.Endpoint),
                ("model", task.Model),
                ("errors", task.Complaints.Count == 0 ? null : Shape.Of(("object", "list"), ("data", task.Complaints.Select(static complaint => complaint.ToShape()).ToArray()))),
                ("input_file_id", task.InputFileId),
                ("completion_window", "24h"),
                ("status", task.IsOdd ? "preparing" : isAzure && isNew ? "Validating" : task.Status),
                ("output_file_id", task.OutputFileId),
                ("error_file_id", task.ErrorFileId),
                ("created_at", Time(task.Created)),
                ("in_progress_at", Time(task.TimeOf("in_progress"))),
                ("expires_at", Time(task.Created + options.Limits.BatchLifetime)),
                ("finalizing_at", Time(task.TimeOf("finalizing"))),
                ("completed_at", Time(task.TimeOf("completed"))),
                ("failed_at", Time(task.TimeOf("failed"))),
                ("expired_at", Time(task.TimeOf("expired"))),
                ("cancelling_at", Time(task.TimeOf("cancelling"))),
                ("cancelled_at", Time(task.TimeOf("cancelled"))),
                ("request_counts", isAzure && isNew
                    ? Shape.Of(("total", null), ("completed", null), ("failed", null))
                    : Shape.Of(("total", task.Total), ("completed", task.Completed), ("failed", task.Failed))),
                ("metadata", task.Metadata));
        }
    }

    private object? Time(DateTimeOffset? time) => time is null ? null
        : isAzure ? time.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffK", CultureInfo.InvariantCulture)
        : time.Value.ToUnixTimeSeconds();
}
