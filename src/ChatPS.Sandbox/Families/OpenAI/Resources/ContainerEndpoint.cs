using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Kept;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Resources;

/// <summary>Containers and the files in them; nothing runs there.</summary>
internal sealed class ContainerEndpoint(FamilyOptions options)
{
    private const int UsualMinutes = 20;

    private readonly KeptEndpoint _containers = new(new KeptStore("cntr_sandbox_"), "container", "container");
    private readonly KeptEndpoint _files = new(new KeptStore("cfile_sandbox_"), "container file", "container.file");

    public IReadOnlyList<Route> Routes =>
    [
        Route.Get("/containers", call => KeptEndpoint.Page(call.Query, _containers.Store.In().Select(Now).Where(container => call.Query["name"] is not { } name || (string?)container.Shape["name"] == name))),
        Route.Post("/containers", Create),
        Route.Get("/containers/{id}", call => Answer.OfJson(Now(_containers.Find(call["id"])).Shape)),
        Route.Delete("/containers/{id}", call => _containers.Delete(call["id"])),
        Route.Get("/containers/{id}/files", call => _files.List(call.Query, Living(call["id"]).Id)),
        Route.Post("/containers/{id}/files", call => AddFile(call, Living(call["id"]).Id)),
        Route.Get("/containers/{id}/files/{file}", call => _files.Show(call["file"], _containers.Find(call["id"]).Id)),
        Route.Delete("/containers/{id}/files/{file}", call => _files.Delete(call["file"], _containers.Find(call["id"]).Id)),
        Route.Get("/containers/{id}/files/{file}/content", call => Download.Of(call, _files.Find(call["file"], Living(call["id"]).Id).Content, "application/octet-stream")),
    ];

    private Answer Create(EndpointCall call)
    {
        Fields body = call.Body;
        string id = _containers.Store.NextId();
        int minutes = body.Object("expires_after") is { } expiry ? new Fields(expiry, "expires_after.").Integer("minutes", 1) ?? UsualMinutes : UsualMinutes;
        long now = call.Created.ToUnixTimeSeconds();
        KeptThing container = _containers.Store.Keep(new KeptThing(id, "", Shape.Of(
            ("id", id), ("object", "container"), ("created_at", now), ("status", "running"), ("last_active_at", now), ("expires_after", Shape.Of(("anchor", "last_active_at"), ("minutes", minutes))),
            ("name", body.RequiredText("name")), ("memory_limit", body.Choice("memory_limit", "1g", "4g", "16g", "64g") ?? "1g"), ("network_policy", Shape.Of(("type", "disabled"))))));
        foreach (JsonElement file in body.Array("file_ids") is { } ids ? ids.EnumerateArray() : default)
        {
            AddKept(id, file.GetString()!, call.Created);
        }

        return Answer.OfJson(container.Shape);
    }

    private Answer AddFile(EndpointCall call, string container)
    {
        bool isForm = call.Exchange.Http.Header("Content-Type")?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;
        if (!isForm)
        {
            return Answer.OfJson(AddKept(container, call.Body.RequiredText("file_id"), call.Created).Shape);
        }

        FormPart file = call.Form.RequiredFile("file");
        return Answer.OfJson(Add(container, file.FileName!, file.Content, call.Created).Shape);
    }

    private KeptThing AddKept(string container, string id, DateTimeOffset now)
    {
        StoredFile file = options.Files.Find(id) ?? throw new ApiException(new ApiError(404, $"No such File object: {id}", ApiError.InvalidRequest, "file_id", null));
        using MemoryStream content = new();
        using (Stream source = file.Content.OpenRead())
        {
            source.CopyTo(content);
        }

        return Add(container, file.Name, content.ToArray(), now);
    }

    private KeptThing Add(string container, string name, byte[] content, DateTimeOffset now)
    {
        string id = _files.Store.NextId();
        return _files.Store.Keep(new KeptThing(id, container, Shape.Of(
            ("id", id), ("object", "container.file"), ("created_at", now.ToUnixTimeSeconds()), ("bytes", content.Length), ("container_id", container), ("path", "/mnt/data/" + name), ("source", "user")))
        {
            Content = content,
        });
    }

    private KeptThing Living(string id)
    {
        KeptThing container = Now(_containers.Find(id));
        return container.Shape["status"] is "expired"
            ? throw new ApiException(new ApiError(404, "Container is expired.", ApiError.InvalidRequest, null, null))
            : _containers.Store.Keep(container with { Shape = container.Shape.With(("last_active_at", options.Clock().ToUnixTimeSeconds())) });
    }

    private KeptThing Now(KeptThing container)
    {
        int minutes = (int)((Dictionary<string, object?>)container.Shape["expires_after"]!)["minutes"]!;
        return (long)container.Shape["last_active_at"]! + (minutes * 60L) <= options.Clock().ToUnixTimeSeconds() ? container with { Shape = container.Shape.With(("status", "expired")) } : container;
    }
}
