using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>Message Batches: made, listed, shown, stopped and deleted; their results come in another order than the requests.</summary>
internal sealed class MessageBatches(FamilyOptions options)
{
    private const int UsualPage = 20;
    private const int LargestPage = 1000;
    private const int MostRequests = 100_000;
    private const long MostBytes = 256L * 1024 * 1024;

    private static readonly Regex CustomId = new(@"\A[a-zA-Z0-9_-]{1,64}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly object _lock = new();

    // The youngest first.
    private readonly List<MessageBatch> _batches = [];

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/messages/batches", Create) with { TakesFile = true },
        Route.Get("/messages/batches", List),
        Route.Get("/messages/batches/{id}", call => With(call, batch => Show(call, batch.Look(call)))),
        Route.Delete("/messages/batches/{id}", call => With(call, Delete)),
        Route.Post("/messages/batches/{id}/cancel", call => With(call, batch => Stop(call, batch))),
        Route.Get("/messages/batches/{id}/results", call => With(call, batch => Results(call, batch))),
    ];

    private Answer Create(EndpointCall call)
    {
        if (call.Exchange.File is not { } body)
        {
            throw new ApiException(Input.Refused("requests: Field required"));
        }

        if (body.Taken > (options.Limits.BatchBytes ?? MostBytes))
        {
            throw new ApiException(new ApiError(413, "Request exceeds the maximum size", "request_too_large", null, null));
        }

        MessageBatch batch = new(options, call.Id("msgbatch"), call.Created);
        try
        {
            using Stream stream = body.Content.OpenRead();
            Read(new JsonItems(stream, "requests"), batch);
        }
        catch (Exception e)
        {
            batch.Dispose();
            throw e is JsonException ? new ApiException(Input.Refused("The request body is not valid JSON: " + e.Message)) : e;
        }

        lock (_lock)
        {
            _batches.Insert(0, batch);
        }

        return Show(call, batch);
    }

    private void Read(JsonItems items, MessageBatch batch)
    {
        int most = options.Limits.BatchRequests ?? MostRequests;
        HashSet<string> ids = new(StringComparer.Ordinal);
        int count = 0;
        while (items.Read(out ReadOnlyMemory<byte> item))
        {
            if (count++ < most)
            {
                Check(item, FormattableString.Invariant($"requests.{count - 1}"), ids);
                batch.Add(item.Span);
            }
        }

        if (count > most)
        {
            throw new ApiException(Input.Refused($"requests: List should have at most {most} items after validation, not {count}"));
        }

        if (count == 0)
        {
            throw new ApiException(Input.Refused("requests: List should have at least 1 item after validation"));
        }
    }

    private static void Check(ReadOnlyMemory<byte> item, string at, HashSet<string> ids)
    {
        using JsonDocument document = JsonDocument.Parse(item);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new ApiException(Input.Refused($"{at}: Input should be a valid dictionary"));
        }

        Input request = new Input(document.RootElement, at).Only("custom_id", "params");
        if (document.RootElement.TextOf("custom_id") is not { } id || !CustomId.IsMatch(id))
        {
            throw request.Refuse("custom_id", "String should match pattern '^[a-zA-Z0-9_-]{1,64}$'");
        }

        if (!ids.Add(id))
        {
            throw request.Refuse("custom_id", $"'{id}' is the id of another request, too; ids must be unique");
        }

        if (!request.TryGet("params", out JsonElement parameters) || parameters.ValueKind != JsonValueKind.Object)
        {
            throw request.Refuse("params", "Field required");
        }
    }

    private Answer List(EndpointCall call)
    {
        lock (_lock)
        {
            int size = call.Query.Integer("limit", 1, LargestPage) ?? UsualPage;
            int start = call.Query["after_id"] is { } after ? _batches.FindIndex(batch => batch.Id == after) + 1 : 0;
            int end = Math.Min(_batches.Count, start + size);
            if (call.Query["before_id"] is { } before)
            {
                end = Math.Max(0, _batches.FindIndex(batch => batch.Id == before));
                start = Math.Max(0, end - size);
            }

            return Answer.OfJson(Shape.Of(
                ("data", _batches.Skip(start).Take(end - start).Select(batch => batch.ToShape(Address(call))).ToArray()),
                ("has_more", call.Query["before_id"] is null ? end < _batches.Count : start > 0),
                ("first_id", start < end ? _batches[start].Id : null),
                ("last_id", start < end ? _batches[end - 1].Id : null)));
        }
    }

    private Answer With(EndpointCall call, Func<MessageBatch, Answer> use)
    {
        lock (_lock)
        {
            return use(_batches.Find(batch => batch.Id == call["id"]) ?? throw new ApiException(new ApiError(404, "Message Batch not found: " + call["id"], "not_found_error", null, null)));
        }
    }

    private static Answer Stop(EndpointCall call, MessageBatch batch) => batch.Work.Stop(call.Created)
        ? Show(call, batch)
        : throw new ApiException(Input.Refused($"Batch {batch.Id} has already ended and cannot be canceled."));

    private Answer Delete(MessageBatch batch)
    {
        if (batch.Work.IsUnderWay)
        {
            throw new ApiException(Input.Refused($"Batch {batch.Id} cannot be deleted while it is being processed. Cancel it first."));
        }

        _batches.Remove(batch);
        batch.Dispose();
        return Answer.OfJson(Shape.Of(("id", batch.Id), ("type", "message_batch_deleted")));
    }

    private static Answer Results(EndpointCall call, MessageBatch batch) => batch.Results is { } results
        ? Download.Of(call, results)
        : throw new ApiException(new ApiError(404, batch.Work.IsUnderWay ? $"Batch {batch.Id} has no available results." : $"The results of batch {batch.Id} are archived.", "not_found_error", null, null));

    private static Answer Show(EndpointCall call, MessageBatch batch) => Answer.OfJson(batch.ToShape(Address(call))) with { Headers = [BatchWork.LookSoon] };

    private static string Address(EndpointCall call) => string.Format(CultureInfo.InvariantCulture, "http://{0}/v1/messages/batches", call.Exchange.Http.Header("Host"));
}
