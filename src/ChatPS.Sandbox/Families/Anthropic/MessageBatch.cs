using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>A Message Batch: its requests, and its results once it has ended.</summary>
/// <param name="id">The id.</param>
/// <param name="created">When it was made.</param>
/// <param name="run">Answers a request.</param>
internal sealed class MessageBatch(string id, DateTimeOffset created, Func<InnerRequest, InnerAnswer> run) : IDisposable
{
    private static readonly string[] Types = ["succeeded", "errored", "canceled", "expired"];

    private readonly LineFile _requests = new();
    private readonly int[] _counts = new int[Types.Length];

    public string Id => id;

    public BatchWork Work { get; } = new();

    /// <summary>The results; null before it has ended, and when they are gone.</summary>
    public LineFile? Results { get; private set; }

    /// <summary>Adds a request.</summary>
    public void Add(JsonElement request)
    {
        byte[] line = Encoding.UTF8.GetBytes(request.GetRawText());
        Work.Add(line);
        _requests.Add(line);
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
        ("expires_at", Time(created.AddHours(24))),
        ("ended_at", Time(Work.EndedAt)),
        ("cancel_initiated_at", Time(Work.StoppedAt)),
        ("archived_at", IsArchived ? Time(Work.EndedAt) : null),
        ("results_url", Results is null ? null : $"{address}/{id}/results"));

    public void Dispose()
    {
        _requests.Dispose();
        Results?.Dispose();
    }

    private bool IsArchived => !Work.IsUnderWay && Work.Holds(BatchWords.Archived);

    // First every other request, then those between: whoever takes results by their place finds out.
    private void Finish(EndpointCall call)
    {
        LineFile results = new();
        for (int first = 1; first >= 0; first--)
        {
            int index = 0;
            foreach (byte[] line in _requests.Read())
            {
                if (index % 2 == first)
                {
                    results.Add(Answer(call, line, index));
                }

                index++;
            }
        }

        if (IsArchived)
        {
            results.Dispose();
            return;
        }

        Results = results;
    }

    private byte[] Answer(EndpointCall call, byte[] line, int index)
    {
        using JsonDocument request = JsonDocument.Parse(line);
        (string type, string member, ReadOnlyMemory<byte> body) = Work.FateOf(index, line) switch
        {
            BatchStage.Done => Run(call, request.RootElement.GetProperty("params"), index),
            BatchStage.Failed => (Types[1], "error", Error("api_error", "The request has failed.")),
            BatchStage.Cancelled => (Types[2], "", default),
            _ => (Types[3], "", default),
        };
        _counts[Array.IndexOf(Types, type)]++;
        using MemoryStream result = new();
        using (Utf8JsonWriter json = new(result, PlainJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("custom_id"u8, request.RootElement.GetProperty("custom_id").GetString());
            json.WriteStartObject("result"u8);
            json.WriteString("type"u8, type);
            if (member.Length > 0)
            {
                json.WritePropertyName(member);
                json.WriteRawValue(body.Span, skipInputValidation: true);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return result.ToArray();
    }

    private (string Type, string Member, ReadOnlyMemory<byte> Body) Run(EndpointCall call, JsonElement parameters, int index)
    {
        if (parameters.TryGetProperty("stream", out _))
        {
            return (Types[1], "error", Error("invalid_request_error", "stream: Extra inputs are not permitted"));
        }

        InnerAnswer answer = run(new InnerRequest(call, "/v1/messages", Encoding.UTF8.GetBytes(parameters.GetRawText()), index + 1));
        return answer.StatusCode == 200 ? (Types[0], "message", answer.Body) : (Types[1], "error", answer.Body);
    }

    private static byte[] Error(string type, string message) =>
        Encoding.UTF8.GetBytes(PlainJson.ToText(Shape.Of(("type", "error"), ("error", Shape.Of(("type", type), ("message", message))))));

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
