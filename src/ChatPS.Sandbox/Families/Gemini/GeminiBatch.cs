using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>A batch of Gemini: its requests, and what became of them once it has ended.</summary>
/// <param name="name">Its name.</param>
/// <param name="displayName">The name that it was given.</param>
/// <param name="model">The model.</param>
/// <param name="embeds">Whether it asks for vectors.</param>
/// <param name="created">When it was made.</param>
/// <param name="run">Answers a request.</param>
internal sealed class GeminiBatch(string name, string displayName, string model, bool embeds, DateTimeOffset created, Func<InnerRequest, InnerAnswer> run) : IDisposable
{
    private readonly LineFile _requests = new();
    private DateTimeOffset? _updated;
    private int _succeeded;
    private int _failed;

    public string Name => name;

    public BatchWork Work { get; } = new();

    /// <summary>The results; null where there are none.</summary>
    public LineFile? Results { get; private set; }

    /// <summary>Adds a request.</summary>
    /// <param name="line">Its JSON: <c>request</c>, and <c>key</c> or <c>metadata</c>.</param>
    public void Add(ReadOnlySpan<byte> line)
    {
        Work.Add(line);
        _requests.Add(line);
    }

    /// <summary>Looks at the batch, which goes on by that.</summary>
    public GeminiBatch Look(EndpointCall call)
    {
        if (Work.IsUnderWay)
        {
            _updated = call.Created;
        }

        if (Work.Look(call.Created) && Work.Stage is BatchStage.Done or BatchStage.Cancelled)
        {
            Finish(call);
        }

        return this;
    }

    public Dictionary<string, object?> ToShape()
    {
        Dictionary<string, object?> about = Shape.Of(
            ("@type", "type.googleapis.com/google.ai.generativelanguage.v1main." + (embeds ? "EmbedContentBatch" : "GenerateContentBatch")),
            ("model", "models/" + model),
            ("displayName", displayName),
            ("state", State()),
            ("createTime", Time(created)),
            ("updateTime", Time(_updated ?? created)),
            ("batchStats", Stats()),
            ("name", name));
        if (Work.EndedAt is { } ended)
        {
            about["endTime"] = Time(ended);
        }

        if (Results is not null)
        {
            about["output"] = Output();
        }

        Dictionary<string, object?> operation = Shape.Of(("name", name), ("metadata", about));
        if (!Work.IsUnderWay)
        {
            operation["done"] = true;
            operation[Work.Stage == BatchStage.Failed ? "error" : "response"] = Work.Stage == BatchStage.Failed
                ? Shape.Of(("code", 3), ("message", "The batch has failed as a whole."))
                : Results is null ? Shape.Of() : Output();
        }

        return operation;
    }

    public void Dispose()
    {
        _requests.Dispose();
        Results?.Dispose();
    }

    private string State() => "BATCH_STATE_" + Work.Stage switch
    {
        BatchStage.Queued => "PENDING",
        BatchStage.Running or BatchStage.Stopping => "RUNNING",
        BatchStage.Done => "SUCCEEDED",
        BatchStage.Failed => "FAILED",
        BatchStage.Expired => "EXPIRED",
        _ => "CANCELLED",
    };

    // Whole numbers of 64 bits are texts, and those that are 0 are left out.
    private Dictionary<string, object?> Stats()
    {
        Dictionary<string, object?> stats = Shape.Of();
        foreach ((string member, int count) in (ReadOnlySpan<(string, int)>)
            [("requestCount", _requests.Count), ("pendingRequestCount", Work.IsUnderWay ? _requests.Count : 0), ("successfulRequestCount", _succeeded), ("failedRequestCount", _failed)])
        {
            if (count > 0)
            {
                stats[member] = count.ToString(CultureInfo.InvariantCulture);
            }
        }

        return stats;
    }

    private Dictionary<string, object?> Output() => Shape.Of(
        (embeds ? "inlinedEmbedContentResponses" : "inlinedResponses", Shape.Of(("inlinedResponses", Results!.Read().Select(Parse).ToArray()))));

    private void Finish(EndpointCall call)
    {
        Results = new LineFile();
        int index = 0;
        foreach (byte[] line in _requests.Read())
        {
            Results.Add(Answer(call, line, index++));
        }
    }

    private byte[] Answer(EndpointCall call, byte[] line, int index)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        InnerAnswer? answer = Work.FateOf(index, line) switch
        {
            BatchStage.Done => Run(call, document.RootElement.GetProperty("request"), index),
            _ => null,
        };
        object? error = answer is null ? Refused(Work.FateOf(index, line)) : answer.StatusCode == 200 ? null : Status(answer.Body);
        _ = error is null ? _succeeded++ : _failed++;
        using MemoryStream result = new();
        using (Utf8JsonWriter json = new(result, PlainJson.WriterOptions))
        {
            json.WriteStartObject();
            if (error is null)
            {
                json.WritePropertyName("response"u8);
                json.WriteRawValue(answer!.Body.Span, skipInputValidation: true);
            }
            else
            {
                json.WritePropertyName("error"u8);
                PlainJson.Write(json, error);
            }

            foreach (string tag in (string[])["key", "metadata"])
            {
                if (document.RootElement.TryGetProperty(tag, out JsonElement value))
                {
                    json.WritePropertyName(tag);
                    value.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        return result.ToArray();
    }

    private InnerAnswer Run(EndpointCall call, JsonElement request, int index)
    {
        // The address names the model. A model in the request is that one, or else the request is refused as a live one is.
        Dictionary<string, object?> body = Shape.Of(request);
        if (!embeds && body.TryGetValue("model", out object? named) && named is JsonElement { ValueKind: JsonValueKind.String } of && of.GetString() == "models/" + model)
        {
            body.Remove("model");
        }

        string path = string.Format(CultureInfo.InvariantCulture, "/v1beta/models/{0}:{1}", Uri.EscapeDataString(model), embeds ? "embedContent" : "generateContent");
        return run(new InnerRequest(call, path, Encoding.UTF8.GetBytes(PlainJson.ToText(body)), index + 1));
    }

    private static Dictionary<string, object?> Refused(BatchStage fate) => fate switch
    {
        BatchStage.Cancelled => Shape.Of(("code", 1), ("message", "The batch was cancelled before the request was run.")),
        BatchStage.Expired => Shape.Of(("code", 4), ("message", "The time of the request ran out.")),
        _ => Shape.Of(("code", 13), ("message", "The request has failed.")),
    };

    // What is an error of HTTP live is a status of RPC here.
    private static Dictionary<string, object?> Status(ReadOnlyMemory<byte> body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement error = document.RootElement.GetProperty("error");
        int code = error.TextOf("status") switch
        {
            "INVALID_ARGUMENT" => 3,
            "DEADLINE_EXCEEDED" => 4,
            "NOT_FOUND" => 5,
            "PERMISSION_DENIED" => 7,
            "RESOURCE_EXHAUSTED" => 8,
            "FAILED_PRECONDITION" => 9,
            "UNIMPLEMENTED" => 12,
            "UNAVAILABLE" => 14,
            "UNAUTHENTICATED" => 16,
            _ => 13,
        };
        return Shape.Of(("code", code), ("message", error.TextOf("message")));
    }

    private static object? Parse(byte[] line)
    {
        Utf8JsonReader reader = new(line);
        return JsonElement.ParseValue(ref reader);
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
