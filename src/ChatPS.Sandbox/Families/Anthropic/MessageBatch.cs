using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>A Message Batch: its requests, and its results once it has ended.</summary>
/// <param name="options">What the sandbox was started with.</param>
/// <param name="id">The id.</param>
/// <param name="created">When it was made.</param>
internal sealed class MessageBatch(FamilyOptions options, string id, DateTimeOffset created) : IDisposable
{
    private static readonly string[] Types = ["succeeded", "errored", "canceled", "expired"];

    private readonly LineFile _requests = new(options.Files.Folder.NewPath());
    private readonly int[] _counts = new int[Types.Length];

    public string Id => id;

    public BatchWork Work { get; } = new(created + options.Limits.BatchLifetime);

    /// <summary>The results; null before it has ended, and when they are gone.</summary>
    public StoredFile? Results { get; private set; }

    /// <summary>Adds a request.</summary>
    public void Add(ReadOnlySpan<byte> request)
    {
        Work.Add(request);
        _requests.Add(request);
    }

    /// <summary>Looks at the batch, which goes on by that.</summary>
    public MessageBatch Look(EndpointCall call)
    {
        if (Work.Look(call.Created))
        {
            Finish(call);
        }

        return this;
    }

    public Dictionary<string, object?> ToShape(string address) => Shape.Of(
        ("id", id),
        ("type", "message_batch"),
        ("processing_status", Work.IsUnderWay ? Work.Stage == BatchStage.Stopping ? "canceling" : "in_progress" : "ended"),
        ("request_counts", Shape.Of(
            ("processing", Work.IsUnderWay ? _requests.Count : 0), ("succeeded", _counts[0]), ("errored", _counts[1]), ("canceled", _counts[2]), ("expired", _counts[3]))),
        ("created_at", Time(created)),
        ("expires_at", Time(Work.Expires)),
        ("ended_at", Time(Work.EndedAt)),
        ("cancel_initiated_at", Time(Work.StoppedAt)),
        ("archived_at", IsArchived ? Time(Work.EndedAt) : null),
        ("results_url", Results is null ? null : $"{address}/{id}/results"));

    public void Dispose()
    {
        _requests.Dispose();
        Results?.Content.Delete();
    }

    private bool IsArchived => !Work.IsUnderWay && Work.Holds(TaskWords.Archived);

    // First every other request, then those between: whoever takes results by their place finds out.
    private void Finish(EndpointCall call)
    {
        HttpRequest http = call.Exchange.Http.ForInner("/v1/messages");
        LineFile results = new(options.Files.Folder.NewPath());
        for (int first = 1; first >= 0; first--)
        {
            int index = 0;
            foreach (ReadOnlyMemory<byte> line in _requests.Read())
            {
                if (index % 2 == first && BatchWork.Spoil(line.Span, Answer(http, line, index)) is { } result)
                {
                    results.Add(result);
                }

                index++;
            }
        }

        if (IsArchived)
        {
            results.Dispose();
            return;
        }

        Results = new StoredFile(id, "", "", results.End(), created) { MimeType = "application/x-jsonl", IsMade = true };
    }

    private byte[] Answer(HttpRequest http, ReadOnlyMemory<byte> line, int index)
    {
        using JsonDocument request = JsonDocument.Parse(line);
        (string type, string member, string body) = Work.FateOf(index, line.Span) switch
        {
            BatchStage.Done => Run(http, request.RootElement.GetProperty("params")),
            BatchStage.Failed => (Types[1], "error", Error("invalid_request_error", "The prompt asks for a failure.")),
            BatchStage.Cancelled => (Types[2], "", ""),
            _ => (Types[3], "", ""),
        };
        _counts[Array.IndexOf(Types, type)]++;
        string name = request.RootElement.GetProperty("custom_id").GetString()!;
        return Encoding.UTF8.GetBytes(string.Concat("{\"custom_id\":\"", name, "\",\"result\":{\"type\":\"", type, "\"", member.Length == 0 ? "" : $",\"{member}\":{body}", "}}"));
    }

    private (string Type, string Member, string Body) Run(HttpRequest http, JsonElement parameters)
    {
        if (parameters.TryGetProperty("stream", out _))
        {
            return (Types[1], "error", Error("invalid_request_error", "stream: Extra inputs are not permitted"));
        }

        InnerAnswer answer = options.Ask(http, Encoding.UTF8.GetBytes(parameters.GetRawText()));
        return answer.StatusCode == 200 ? (Types[0], "message", answer.Json) : (Types[1], "error", answer.Json);
    }

    private static string Error(string type, string message) => PlainJson.ToText(Shape.Of(("type", "error"), ("error", Shape.Of(("type", type), ("message", message)))));

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
