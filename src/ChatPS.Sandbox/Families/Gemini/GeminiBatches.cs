using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>The batch mode, as operations: made, listed, shown, stopped and deleted.</summary>
internal sealed class GeminiBatches(FamilyOptions options)
{
    private const int UsualPage = 50;
    private const int LargestPage = 1000;

    private const string Files = "files/";

    private readonly object _lock = new();

    // The youngest first.
    private readonly List<GeminiBatch> _batches = [];

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/models/{model}:batchGenerateContent", call => Create(call, embeds: false)),
        Route.Post("/models/{model}:asyncBatchEmbedContent", call => Create(call, embeds: true)),
        Route.Get("/batches", List),
        Route.Post("/batches/{id}:cancel", call => With(call, batch => Stop(call, batch))),
        Route.Get("/batches/{id}", call => With(call, batch => Show(batch.Look(call)))),
        Route.Delete("/batches/{id}", call => With(call, Delete)),
    ];

    private Answer Create(EndpointCall call, bool embeds)
    {
        if (!call.Exists(call["model"]))
        {
            throw GeminiModels.NotFound(call["model"]);
        }

        Fields body = GeminiFields.Of(GeminiFields.Of(call.Body.Root, "", "batch").Required("batch"), "batch", "displayName", "inputConfig", "model", "priority");
        Fields input = GeminiFields.Of(body.Required("inputConfig"), "batch.inputConfig", "requests", "fileName");
        string name = string.Format(CultureInfo.InvariantCulture, "batches/sandbox{0:D6}", call.Number);
        GeminiBatch batch = new(options, name, body.RequiredText("displayName"), call["model"], embeds, call.Created) { IsOfFile = input.Text("fileName") is not null };
        try
        {
            Add(batch, input);
            if (batch.Count > (options.Limits.BatchRequests ?? int.MaxValue))
            {
                throw new ApiException(ApiError.Invalid($"* batch.inputConfig: at most {options.Limits.BatchRequests} requests can be in one batch, not {batch.Count}"));
            }
        }
        catch
        {
            batch.Dispose();
            throw;
        }

        lock (_lock)
        {
            _batches.Insert(0, batch);
        }

        return Show(batch);
    }

    private void Add(GeminiBatch batch, Fields input)
    {
        if (input.Text("fileName") is { } file)
        {
            AddFile(batch, file);
        }
        else if (input.Object("requests") is { } requests)
        {
            AddInline(batch, requests);
        }
        else
        {
            throw new ApiException(ApiError.Invalid("* batch.inputConfig: requests or fileName must be given"));
        }
    }

    private static void AddInline(GeminiBatch batch, JsonElement requests)
    {
        JsonElement list = GeminiFields.Of(requests, "batch.inputConfig.requests", "requests").Array("requests") is { } given && given.GetArrayLength() > 0
            ? given
            : throw new ApiException(ApiError.Invalid("* batch.inputConfig.requests.requests: at least one request must be given"));
        foreach (JsonElement item in list.EnumerateArray())
        {
            Check(GeminiFields.Of(item, "batch.inputConfig.requests.requests", "request", "metadata"));
            batch.Add(Encoding.UTF8.GetBytes(item.GetRawText()));
        }
    }

    private void AddFile(GeminiBatch batch, string name)
    {
        string id = name.StartsWith(Files, StringComparison.Ordinal) ? name.Substring(Files.Length) : name;
        using Stream stream = options.Files.OpenRead(id) ?? throw new ApiException(new ApiError(404, $"The file {name} was not found.", "not_found", null, null));
        LineReader lines = new(stream);
        for (int number = 1; lines.Read(out ReadOnlyMemory<byte> line); number++)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                Check(GeminiFields.Of(document.RootElement, FormattableString.Invariant($"line {number}"), "key", "request"));
            }
            catch (JsonException)
            {
                throw new ApiException(ApiError.Invalid(FormattableString.Invariant($"* batch.inputConfig.fileName: line {number} is no JSON")));
            }

            batch.Add(line.Span);
        }
    }

    private static void Check(Fields item) => _ = item.Object("request") ?? throw new ApiException(ApiError.Missing(item.Name("request")));

    private Answer List(EndpointCall call)
    {
        lock (_lock)
        {
            int size = call.Query.Integer("pageSize", 1, LargestPage) ?? UsualPage;
            int start = call.Query.Integer("pageToken", 0, _batches.Count) ?? 0;
            Dictionary<string, object?> list = Shape.Of(("operations", _batches.Skip(start).Take(size).Select(static batch => batch.ToShape()).ToArray()));
            return Answer.OfJson(start + size < _batches.Count ? list.With(("nextPageToken", (start + size).ToString(CultureInfo.InvariantCulture))) : list);
        }
    }

    private Answer With(EndpointCall call, Func<GeminiBatch, Answer> use)
    {
        lock (_lock)
        {
            return use(_batches.Find(batch => batch.Name == "batches/" + call["id"]) ?? throw new ApiException(new ApiError(404, "Requested entity was not found.", "not_found", null, null)));
        }
    }

    private static Answer Show(GeminiBatch batch) => Answer.OfJson(batch.ToShape()) with { Headers = [BatchWork.LookSoon] };

    private static Answer Stop(EndpointCall call, GeminiBatch batch) => batch.Work.Stop(call.Created)
        ? Answer.OfJson(Shape.Of())
        : throw new ApiException(ApiError.Invalid($"Cannot cancel {batch.Name}: it has ended already."));

    private Answer Delete(GeminiBatch batch)
    {
        _batches.Remove(batch);
        batch.Dispose();
        return Answer.OfJson(Shape.Of());
    }
}
