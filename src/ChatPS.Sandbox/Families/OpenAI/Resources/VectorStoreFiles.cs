using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Kept;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Resources;

/// <summary>Files in vector stores. A file is completed when it, its batch or its store was looked at twice; one whose name holds "broken" fails.</summary>
internal sealed class VectorStoreFiles(FamilyOptions options)
{
    private const int LargestText = 1024 * 1024;
    private const int MostOfBatch = 2000;

    private readonly KeptEndpoint _files = new(options.Documents.Files, "file", "vector_store.file");
    private readonly KeptEndpoint _batches = new(options.Documents.Batches, "file batch", "vector_store.files_batch");

    public IEnumerable<Route> Routes(Func<string, KeptThing> store) =>
    [
        Route.Get("/vector_stores/{id}/files", call => List(call, options.Documents.Files.In(store(call["id"]).Id))),
        Route.Post("/vector_stores/{id}/files", call => Answer.OfJson(Add(store(call["id"]).Id, call.Body, call.Body.RequiredText("file_id"), call.Created, batch: null).Shape)),
        Route.Get("/vector_stores/{id}/files/{file}", call => Answer.OfJson(Look(_files.Find(call["file"], store(call["id"]).Id)).Shape)),
        Route.Post("/vector_stores/{id}/files/{file}", call => _files.Change(_files.Find(call["file"], store(call["id"]).Id), ("attributes", call.Body.Required("attributes").Clone()))),
        Route.Delete("/vector_stores/{id}/files/{file}", call => _files.Delete(call["file"], store(call["id"]).Id)),
        Route.Get("/vector_stores/{id}/files/{file}/content", call => Content(_files.Find(call["file"], store(call["id"]).Id))),
        Route.Post("/vector_stores/{id}/file_batches", call => AddBatch(call, store(call["id"]).Id)),
        Route.Get("/vector_stores/{id}/file_batches/{batch}", call => Answer.OfJson(Now(_batches.Find(call["batch"], store(call["id"]).Id)).Shape)),
        Route.Post("/vector_stores/{id}/file_batches/{batch}/cancel", call => Cancel(_batches.Find(call["batch"], store(call["id"]).Id))),
        Route.Get("/vector_stores/{id}/file_batches/{batch}/files", call => List(call, FilesOf(_batches.Find(call["batch"], store(call["id"]).Id)))),
    ];

    /// <summary>Adds the files that a new store begins with.</summary>
    public void AddAll(string store, Fields body, DateTimeOffset now)
    {
        foreach (JsonElement id in body.Array("file_ids") is { } ids ? ids.EnumerateArray() : default)
        {
            Add(store, body, id.GetString()!, now, batch: null);
        }
    }

    /// <summary>Looks at all files of a store, which lets them go on.</summary>
    public void LookAtAll(string store) => Array.ForEach(options.Documents.Files.In(store), file => Look(file));

    /// <summary>Counts files by their status.</summary>
    public static Dictionary<string, object?> Counts(IReadOnlyCollection<KeptThing> files)
    {
        int Of(string status) => files.Count(file => (string?)file.Shape["status"] == status);
        return Shape.Of(("in_progress", Of("in_progress")), ("completed", Of("completed")), ("failed", Of("failed")), ("cancelled", Of("cancelled")), ("total", files.Count));
    }

    private KeptThing Add(string store, Fields body, string id, DateTimeOffset now, string? batch)
    {
        StoredFile file = options.Files.Find(id) ?? throw new ApiException(new ApiError(404, $"No such File object: {id}", ApiError.InvalidRequest, "file_id", null));
        string text = Read(file);
        object chunking = body.Object("chunking_strategy") is { } given && given.TextOf("type") == "static"
            ? given.Clone()
            : Shape.Of(("type", "static"), ("static", Shape.Of(("max_chunk_size_tokens", 800), ("chunk_overlap_tokens", 400))));
        Dictionary<string, object?> shape = Shape.Of(
            ("id", id), ("object", "vector_store.file"), ("usage_bytes", (long)Encoding.UTF8.GetByteCount(text)), ("created_at", now.ToUnixTimeSeconds()), ("vector_store_id", store),
            ("status", "in_progress"), ("last_error", null), ("chunking_strategy", chunking), ("attributes", body.Object("attributes")?.Clone() ?? Shape.ToElement(Shape.Of())));
        return options.Documents.Files.Keep(new KeptThing(id, store, shape)
        {
            Name = file.Name,
            Group = batch,
            Texts = [.. text.Replace("\r\n", "\n").Split(["\n\n"], StringSplitOptions.RemoveEmptyEntries).Select(static piece => piece.Trim()).Where(static piece => piece.Length > 0)],
        });
    }

    private Answer List(EndpointCall call, IEnumerable<KeptThing> files)
    {
        string? status = call.Query.Choice("filter", "in_progress", "completed", "failed", "cancelled");
        return KeptEndpoint.Page(call.Query, files.Select(Look).Where(file => status is null || (string?)file.Shape["status"] == status));
    }

    // A look that sees work under way is the last that does.
    private KeptThing Look(KeptThing file)
    {
        if (file.Shape["status"] is not "in_progress")
        {
            return file;
        }

        if (file.Looks == 0)
        {
            options.Documents.Files.Keep(file with { Looks = 1 });
            return file;
        }

        bool fails = file.Name.IndexOf("broken", StringComparison.OrdinalIgnoreCase) >= 0;
        return options.Documents.Files.Keep(file with
        {
            Shape = file.Shape.With(
                ("status", fails ? "failed" : "completed"),
                ("last_error", fails ? Shape.Of(("code", "invalid_file"), ("message", "The file could not be parsed because it is broken.")) : null)),
        });
    }

    private static Answer Content(KeptThing file) => Answer.OfJson(Shape.Of(
        ("object", "vector_store.file_content.page"),
        ("data", file.Texts.Select(static text => Shape.Of(("type", "text"), ("text", text))).ToArray()),
        ("has_more", false),
        ("next_page", null)));

    private Answer AddBatch(EndpointCall call, string store)
    {
        Fields body = call.Body;
        JsonElement[] given = [.. (body.Array("files") ?? body.Array("file_ids") ?? throw new ApiException(ApiError.Missing("file_ids"))).EnumerateArray()];
        if (given.Length is 0 or > MostOfBatch)
        {
            throw new ApiException(ApiError.Invalid($"Invalid 'file_ids': expected 1 to {MostOfBatch} files, but got {given.Length}.", "file_ids", "invalid_array_length"));
        }

        string id = options.Documents.Batches.NextId();
        foreach (JsonElement file in given)
        {
            Fields own = file.ValueKind == JsonValueKind.Object ? new Fields(file, "files.") : body;
            Add(store, own, file.ValueKind == JsonValueKind.Object ? own.RequiredText("file_id") : file.GetString()!, call.Created, id);
        }

        KeptThing batch = options.Documents.Batches.Keep(new KeptThing(id, store, Shape.Of(
            ("id", id), ("object", "vector_store.files_batch"), ("created_at", call.Created.ToUnixTimeSeconds()), ("vector_store_id", store))));
        return Answer.OfJson(Told(batch, FilesOf(batch)).Shape);
    }

    private Answer Cancel(KeptThing batch)
    {
        foreach (KeptThing file in FilesOf(batch).Where(static file => file.Shape["status"] is "in_progress"))
        {
            options.Documents.Files.Keep(file with { Shape = file.Shape.With(("status", "cancelled")) });
        }

        return Answer.OfJson(Told(batch, FilesOf(batch)).Shape);
    }

    private KeptThing Now(KeptThing batch) => Told(batch, [.. FilesOf(batch).Select(Look)]);

    private static KeptThing Told(KeptThing batch, KeptThing[] files)
    {
        string status = files.Any(static file => file.Shape["status"] is "in_progress") ? "in_progress"
            : files.Any(static file => file.Shape["status"] is "cancelled") ? "cancelled"
            : files.All(static file => file.Shape["status"] is "failed") ? "failed"
            : "completed";
        return batch with { Shape = batch.Shape.With(("status", status), ("file_counts", Counts(files))) };
    }

    private KeptThing[] FilesOf(KeptThing batch) => [.. options.Documents.Files.In(batch.Parent).Where(file => file.Group == batch.Id)];

    private static string Read(StoredFile file)
    {
        using StreamReader reader = new(file.Content.OpenRead(0, LargestText), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
