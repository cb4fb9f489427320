using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>A batch of Gemini: its requests, and what became of them once it has ended.</summary>
/// <param name="options">What the sandbox was started with.</param>
/// <param name="name">Its name.</param>
/// <param name="displayName">The name that it was given.</param>
/// <param name="model">The model.</param>
/// <param name="embeds">Whether it asks for vectors.</param>
/// <param name="created">When it was made.</param>
internal sealed class GeminiBatch(FamilyOptions options, string name, string displayName, string model, bool embeds, DateTimeOffset created) : IDisposable
{
    private static readonly string[] Tags = ["key", "metadata"];

    private readonly LineFile _requests = new(options.Files.Folder.NewPath());
    private DateTimeOffset? _updated;
    private int _succeeded;
    private int _failed;
    private FileContent? _results;
    private string? _resultFile;

    public string Name => name;

    public BatchWork Work { get; } = new(created + options.Limits.BatchLifetime);

    /// <summary>Whether its requests came as a file: then its results are one, too.</summary>
    public bool IsOfFile { get; init; }

    /// <summary>How many requests it has.</summary>
    public int Count => _requests.Count;

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

        if (HasResults)
        {
            about["output"] = Output();
        }

        Dictionary<string, object?> operation = Shape.Of(("name", name), ("metadata", about));
        if (!Work.IsUnderWay)
        {
            operation["done"] = true;
            operation[Work.Stage == BatchStage.Failed ? "error" : "response"] = Work.Stage == BatchStage.Failed
                ? Shape.Of(("code", 3), ("message", "The batch has failed as a whole."))
                : HasResults ? Output() : Shape.Of();
        }

        return operation;
    }

    public void Dispose()
    {
        _requests.Dispose();
        _results?.Delete();
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

    private bool HasResults => _results is not null || _resultFile is not null;

    private Dictionary<string, object?> Output() => _resultFile is not null
        ? Shape.Of(("responsesFile", "files/" + _resultFile))
        : Shape.Of((embeds ? "inlinedEmbedContentResponses" : "inlinedResponses", Shape.Of(("inlinedResponses", Inline()))));

    private List<object?> Inline()
    {
        using Stream stream = _results!.OpenRead();
        LineReader lines = new(stream);
        List<object?> all = [];
        while (lines.Read(out ReadOnlyMemory<byte> line))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            all.Add(document.RootElement.Clone());
        }

        return all;
    }

    private void Finish(EndpointCall call)
    {
        HttpRequest http = call.Exchange.Http.ForInner(string.Format(CultureInfo.InvariantCulture, "/v1beta/models/{0}:{1}", Uri.EscapeDataString(model), embeds ? "embedContent" : "generateContent"));
        LineFile results = new(options.Files.Folder.NewPath());
        int index = 0;
        foreach (ReadOnlyMemory<byte> line in _requests.Read())
        {
            if (BatchWork.Spoil(line.Span, Answer(http, line, index++), IsOfFile) is { } result)
            {
                results.Add(result);
            }
        }

        FileContent content = results.End();
        if (IsOfFile)
        {
            StoredFile file = options.Files.Add(FileStore.Gemini, displayName, "", content, FileEndpoint.Lifetime);
            _resultFile = options.Files.Change(file, static made => made with { MimeType = "application/jsonl", IsMade = true }).Id;
        }
        else
        {
            _results = content;
        }
    }

    private byte[] Answer(HttpRequest http, ReadOnlyMemory<byte> line, int index)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        BatchStage fate = Work.FateOf(index, line.Span);
        InnerAnswer? answer = fate == BatchStage.Done ? options.Ask(http, Body(document.RootElement.GetProperty("request"))) : null;
        bool isGood = answer?.StatusCode == 200;
        _succeeded += isGood ? 1 : 0;
        _failed += isGood ? 0 : 1;
        StringBuilder result = new("{");
        foreach (string tag in Tags)
        {
            if (document.RootElement.TryGetProperty(tag, out JsonElement value))
            {
                result.Append('"').Append(tag).Append("\":").Append(value.GetRawText()).Append(',');
            }
        }

        result.Append(isGood ? "\"response\":" : "\"error\":").Append(isGood ? answer!.Json : PlainJson.ToText(answer is null ? Refused(fate) : Status(answer.Json))).Append('}');
        return Encoding.UTF8.GetBytes(result.ToString());
    }

    // The address names the model. In a request for content the model has no place live.
    private byte[] Body(JsonElement request)
    {
        Dictionary<string, object?> body = Shape.Of(request);
        if (!embeds && request.TextOf("model") == "models/" + model)
        {
            body.Remove("model");
        }

        return Encoding.UTF8.GetBytes(PlainJson.ToText(body));
    }

    private static Dictionary<string, object?> Refused(BatchStage fate) => fate switch
    {
        BatchStage.Cancelled => Shape.Of(("code", 1), ("message", "The batch was cancelled before the request was run.")),
        BatchStage.Expired => Shape.Of(("code", 4), ("message", "The time of the request ran out.")),
        _ => Shape.Of(("code", 3), ("message", "The prompt asks for a failure.")),
    };

    // What is an error of HTTP live is a status of RPC here.
    private static Dictionary<string, object?> Status(string body)
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

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
