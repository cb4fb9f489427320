using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Kept;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Resources;

/// <summary>Stores of documents, and the search in them.</summary>
internal sealed class VectorStoreEndpoint(FamilyOptions options)
{
    private readonly KeptEndpoint _stores = new(options.Documents.Stores, "vector store", "vector_store");
    private readonly VectorStoreFiles _files = new(options);

    public IReadOnlyList<Route> Routes =>
    [
        Route.Get("/vector_stores", call => KeptEndpoint.Page(call.Query, options.Documents.Stores.In().Select(Look))),
        Route.Post("/vector_stores", Create),
        Route.Get("/vector_stores/{id}", call => Answer.OfJson(Look(_stores.Find(call["id"])).Shape)),
        Route.Post("/vector_stores/{id}", Update),
        Route.Delete("/vector_stores/{id}", call => _stores.Delete(call["id"])),
        Route.Post("/vector_stores/{id}/search", Search),
        .. _files.Routes(id => _stores.Find(id)),
    ];

    private Answer Create(EndpointCall call)
    {
        Fields body = call.Body;
        string id = options.Documents.Stores.NextId();
        KeptThing store = options.Documents.Stores.Keep(new KeptThing(id, "", Shape.Of(
            ("id", id), ("object", "vector_store"), ("created_at", call.Created.ToUnixTimeSeconds()), ("name", body.Text("name") ?? ""), ("description", body.Text("description")),
            ("usage_bytes", 0), ("last_active_at", call.Created.ToUnixTimeSeconds()), ("expires_after", Expiry(body)), ("metadata", KeptEndpoint.Notes(body)))));
        _files.AddAll(store.Id, body, call.Created);
        return Answer.OfJson(Now(store).Shape);
    }

    private Answer Update(EndpointCall call)
    {
        KeptThing store = _stores.Find(call["id"]);
        Fields body = call.Body;
        Dictionary<string, object?> shape = store.Shape;
        shape = body.TryGet("name", out _) ? shape.With(("name", body.Text("name"))) : shape;
        shape = body.TryGet("expires_after", out _) ? shape.With(("expires_after", Expiry(body))) : shape;
        shape = body.TryGet("metadata", out _) ? shape.With(("metadata", KeptEndpoint.Notes(body))) : shape;
        return Answer.OfJson(Now(options.Documents.Stores.Keep(store with { Shape = shape })).Shape);
    }

    private Answer Search(EndpointCall call)
    {
        KeptThing store = Now(_stores.Find(call["id"]));
        if (store.Shape["status"] is "expired")
        {
            throw new ApiException(ApiError.Invalid($"Vector store '{store.Id}' has expired.", null, "vector_store_expired"));
        }

        Fields body = call.Body;
        JsonElement query = body.Required("query");
        string[] queries = query.ValueKind == JsonValueKind.Array ? [.. query.EnumerateArray().Select(static item => item.GetString() ?? "")] : [body.Text("query")!];
        int most = body.Integer("max_num_results", 1, 50) ?? 10;
        double least = body.Object("ranking_options") is { } ranking && ranking.TryGetProperty("score_threshold", out JsonElement threshold) ? threshold.GetDouble() : 0;
        AttributeFilter? filter = body.Object("filters") is { } given ? AttributeFilter.Read(new Fields(given, "filters.")) : null;
        options.Documents.Stores.Keep(store with { Shape = store.Shape.With(("last_active_at", call.Created.ToUnixTimeSeconds())) });
        var found = options.Documents.Search([store.Id], string.Join(" ", queries), int.MaxValue)
            .Where(match => match.Score >= least && filter?.Takes(match.File.Shape["attributes"]) != false)
            .Take(most);
        return Answer.OfJson(Shape.Of(
            ("object", "vector_store.search_results.page"),
            ("search_query", queries),
            ("data", found.Select(match => Shape.Of(
                ("file_id", match.File.Id), ("filename", match.File.Name), ("score", match.Score), ("attributes", match.File.Shape["attributes"]),
                ("content", new[] { Shape.Of(("type", "text"), ("text", match.Text)) }))).ToArray()),
            ("has_more", false),
            ("next_page", null)));
    }

    private static Dictionary<string, object?>? Expiry(Fields body)
    {
        if (body.Object("expires_after") is not { } given)
        {
            return null;
        }

        Fields expiry = new(given, "expires_after.");
        expiry.Required("anchor");
        expiry.Choice("anchor", "last_active_at");
        expiry.Required("days");
        return Shape.Of(("anchor", "last_active_at"), ("days", expiry.Integer("days", 1, 365)));
    }

    private KeptThing Look(KeptThing store)
    {
        _files.LookAtAll(store.Id);
        return Now(store);
    }

    // What changes by itself: files are done, and the store expires.
    private KeptThing Now(KeptThing store)
    {
        KeptThing[] files = options.Documents.Files.In(store.Id);
        long? expires = store.Shape.TryGetValue("expires_after", out object? given) && given is Dictionary<string, object?> expiry ? (long)store.Shape["last_active_at"]! + ((int)expiry["days"]! * 24L * 3600) : null;
        string status = expires <= options.Clock().ToUnixTimeSeconds() ? "expired" : files.Any(static file => file.Shape["status"] is "in_progress") ? "in_progress" : "completed";
        Dictionary<string, object?> shape = store.Shape.With(
            ("status", status), ("file_counts", VectorStoreFiles.Counts(files)), ("usage_bytes", files.Sum(static file => (long)file.Shape["usage_bytes"]!)), ("expires_at", expires));

        // A store that stays has none.
        if (expires is null)
        {
            shape.Remove("expires_after");
        }

        return store with { Shape = shape };
    }
}
