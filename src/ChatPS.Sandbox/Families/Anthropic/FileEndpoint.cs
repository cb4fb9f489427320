using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>Anthropic's files. Only what a tool has made can be read back; here, what is called so: <c>made-…</c>.</summary>
internal sealed class FileEndpoint(FamilyOptions options)
{
    private const long LargestFile = 500L * 1024 * 1024;
    private const int UsualPage = 20;
    private const int LargestPage = 1000;
    private const int ShortestLife = 3600;
    private const int LongestLife = 90 * 24 * 3600;

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/files", Upload) with { TakesFile = true },
        Route.Get("/files", List),
        Route.Get("/files/{id}", call => Answer.OfJson(ToShape(Find(call["id"])))),
        Route.Delete("/files/{id}", Delete),
        Route.Get("/files/{id}/content", Load),
    ];

    private static Dictionary<string, object?> ToShape(StoredFile file) => Shape.Of(
        ("id", file.Id),
        ("type", "file"),
        ("filename", file.Name),
        ("mime_type", file.MimeType),
        ("size_bytes", file.Bytes),
        ("created_at", Time(file.Created)),
        ("downloadable", file.IsMade),
        ("expires_at", file.Expires is { } expires ? Time(expires) : null));

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static TimeSpan? Lifetime(string? seconds)
    {
        if (seconds is null)
        {
            return null;
        }

        return int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= ShortestLife and <= LongestLife
            ? TimeSpan.FromSeconds(number)
            : throw new ApiException(Input.Refused($"expires_in_seconds: Input should be from {ShortestLife} to {LongestLife}"));
    }

    private Answer Upload(EndpointCall call)
    {
        FileForm form = call.Upload;
        FormFile file = form.RequiredFile("file");
        TimeSpan? lifetime = Lifetime(form.Text("expires_in_seconds"));
        if (file.Content.Length > (options.Limits.FileBytes ?? LargestFile))
        {
            throw new ApiException(new ApiError(413, "The file exceeds the maximum allowed size.", "request_too_large", null, null));
        }

        if (options.Files.List(FileStore.Anthropic).Count >= options.Limits.Files)
        {
            throw new ApiException(new ApiError(403, "The storage limit of the workspace is reached.", "permission_error", null, null));
        }

        StoredFile kept = options.Files.Add(FileStore.Anthropic, file.Name, "", file.Content, lifetime);
        call.Exchange.File!.Keep();
        bool isMade = file.Name.StartsWith("made-", StringComparison.Ordinal);
        return Answer.OfJson(ToShape(options.Files.Change(kept, stored => stored with { MimeType = file.ContentType ?? stored.MimeType, IsMade = isMade })));
    }

    // The newest come first.
    private Answer List(EndpointCall call)
    {
        StoredFile[] files = [.. options.Files.List(FileStore.Anthropic).Reverse()];
        int size = call.Query.Integer("limit", 1, LargestPage) ?? UsualPage;
        int start = call.Query["after_id"] is { } after ? IndexOf(files, after) + 1 : 0;
        int end = Math.Min(files.Length, start + size);
        if (call.Query["before_id"] is { } before)
        {
            end = IndexOf(files, before);
            start = Math.Max(0, end - size);
        }

        StoredFile[] page = [.. files.Skip(start).Take(end - start)];
        return Answer.OfJson(Shape.Of(
            ("data", page.Select(ToShape).ToArray()),
            ("has_more", call.Query["before_id"] is null ? end < files.Length : start > 0),
            ("first_id", page.FirstOrDefault()?.Id),
            ("last_id", page.LastOrDefault()?.Id)));
    }

    private static int IndexOf(StoredFile[] files, string id)
    {
        int index = Array.FindIndex(files, file => file.Id == id);
        return index >= 0 ? index : throw NotFound(id);
    }

    private Answer Delete(EndpointCall call)
    {
        StoredFile file = Find(call["id"]);
        options.Files.Remove(file.Id);
        return Answer.OfJson(Shape.Of(("id", file.Id), ("type", "file_deleted")));
    }

    private Answer Load(EndpointCall call)
    {
        StoredFile file = Find(call["id"]);
        return file.IsMade ? Download.Of(call, file) : throw new ApiException(Input.Refused("File '" + file.Id + "' is not downloadable."));
    }

    private StoredFile Find(string id) => options.Files.Find(id) is { } file && id.StartsWith(FileStore.Anthropic, StringComparison.Ordinal) ? file : throw NotFound(id);

    private static ApiException NotFound(string id) => new(new ApiError(404, $"File not found: {id}", "not_found_error", null, null));
}
