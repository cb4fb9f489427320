using System.Collections.Concurrent;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families;
using ChatPS.Sandbox.Families.OpenAI;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Tests;

/// <summary>A family that the sandbox does not know: it takes files in a form, and gives them back.</summary>
internal sealed class FileFamily
{
    private readonly ConcurrentDictionary<string, FormPart> _files = new(StringComparer.Ordinal);

    public static Family Create(FamilyOptions options)
    {
        FileFamily files = new();
        return new Family(OpenAIDialect.Instance,
        [
            Route.Post("/parcels", files.Upload),
            Route.Get("/parcels/{id}/content", files.Load),
        ]);
    }

    private Answer Upload(EndpointCall call)
    {
        Form form = call.Form;
        FormPart file = form.RequiredFile("file");
        string purpose = form.RequiredText("purpose");
        string id = call.Id("file");
        _files[id] = file;
        return Answer.OfJson(Shape.Of(("id", id), ("purpose", purpose), ("filename", file.FileName), ("type", file.ContentType), ("bytes", file.Content.Length)));
    }

    private Answer Load(EndpointCall call) => _files.TryGetValue(call["id"], out FormPart? file)
        ? Download.Of(call, file.Content, file.ContentType ?? "application/octet-stream")
        : throw new ApiException(new ApiError(404, $"No such File object: {call["id"]}", "invalid_request_error", "id", null));
}
