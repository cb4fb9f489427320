using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Files;

/// <summary>Files that are uploaded whole, listed, read back and deleted.</summary>
internal sealed class FileEndpoint(FamilyOptions options, bool isAzure)
{
    private const long LargestFile = 512L * 1024 * 1024;
    private const int LargestPage = 10_000;
    private const int ShortestLife = 3600;
    private const int LongestLife = 30 * 24 * 3600;

    private static readonly string[] Purposes = ["assistants", "batch", "fine-tune", "vision", "user_data", "evals"];

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/files", Upload) with { TakesFile = true },
        Route.Get("/files", List),
        Route.Get("/files/{id}", call => Answer.OfJson(ToShape(Find(call["id"])))),
        Route.Delete("/files/{id}", Delete),
        Route.Get("/files/{id}/content", Load),
    ];

    /// <summary>Checks what a file is to be for.</summary>
    public static void CheckPurpose(string purpose, string name)
    {
        if (!Purposes.Contains(purpose, StringComparer.Ordinal))
        {
            throw new ApiException(ApiError.WrongValue("purpose", purpose, Purposes));
        }

        if (purpose == "batch" && !name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiException(ApiError.Invalid("Invalid file format for Batch API. Must be .jsonl", "file", "invalid_file_format"));
        }
    }

    /// <summary>Reads how long a file is to live.</summary>
    /// <param name="anchor">From when on.</param>
    /// <param name="seconds">How long; null for the usual time, which is for ever unless it is for a batch.</param>
    /// <param name="purpose">What the file is for.</param>
    /// <returns>The time.</returns>
    public static TimeSpan? Lifetime(string? anchor, string? seconds, string purpose)
    {
        if (seconds is null)
        {
            return purpose == "batch" ? TimeSpan.FromSeconds(LongestLife) : null;
        }

        if (anchor != "created_at")
        {
            throw new ApiException(ApiError.WrongValue("expires_after.anchor", anchor ?? "", ["created_at"]));
        }

        return int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= ShortestLife and <= LongestLife
            ? TimeSpan.FromSeconds(number)
            : throw new ApiException(ApiError.Invalid($"Invalid 'expires_after.seconds': expected an integer from {ShortestLife} to {LongestLife}, but got '{seconds}' instead.", "expires_after", "invalid_value"));
    }

    /// <summary>Keeps a file, if there is room for one more.</summary>
    public StoredFile Keep(string name, string purpose, FileContent content, TimeSpan? lifetime) =>
        options.Files.List(FileStore.OpenAI).Count < options.Limits.Files
            ? options.Files.Add(FileStore.OpenAI, name, purpose, content, lifetime)
            : throw new ApiException(ApiError.Invalid($"You have reached the limit of {options.Limits.Files} files. Delete some of them.", null, "file_limit_exceeded"));

    /// <summary>A file as it is told of.</summary>
    public Dictionary<string, object?> ToShape(StoredFile file)
    {
        Dictionary<string, object?> shape = Shape.Of(
            ("object", "file"),
            ("id", file.Id),
            ("purpose", file.Purpose),
            ("filename", file.Name),
            ("bytes", file.Bytes),
            ("created_at", Time(file.Created)),
            ("status", "processed"),
            ("status_details", null));
        return file.Expires is { } expires ? shape.With(("expires_at", Time(expires))) : shape;
    }

    private object Time(DateTimeOffset time) =>
        isAzure ? time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffK", CultureInfo.InvariantCulture) : time.ToUnixTimeSeconds();

    private Answer Upload(EndpointCall call)
    {
        FileForm form = call.Upload;
        string purpose = form.RequiredText("purpose");
        FormFile file = form.RequiredFile("file");
        CheckPurpose(purpose, file.Name);
        TimeSpan? lifetime = Lifetime(
            form.Text("expires_after[anchor]") ?? form.Text("expires_after.anchor"), form.Text("expires_after[seconds]") ?? form.Text("expires_after.seconds"), purpose);
        long most = options.Limits.FileBytes ?? LargestFile;
        if (file.Content.Length > most)
        {
            throw new ApiException(new ApiError(413, $"The file is larger than {most} bytes. Use the uploads API.", ApiError.InvalidRequest, "file", "file_too_large"));
        }

        StoredFile kept = Keep(file.Name, purpose, file.Content, lifetime);
        call.Exchange.File!.Keep();
        return Answer.OfJson(ToShape(kept));
    }

    private Answer List(EndpointCall call)
    {
        IEnumerable<StoredFile> all = options.Files.List(FileStore.OpenAI);
        if (call.Query["purpose"] is { } purpose)
        {
            all = all.Where(file => file.Purpose == purpose);
        }

        StoredFile[] files = [.. call.Query.Choice("order", "asc", "desc") == "asc" ? all : all.Reverse()];
        int start = call.Query["after"] is { } after ? Array.FindIndex(files, file => file.Id == after) + 1 : 0;
        StoredFile[] page = [.. files.Skip(start).Take(call.Query.Integer("limit", 1, LargestPage) ?? LargestPage)];
        return Answer.OfJson(Shape.Of(
            ("object", "list"),
            ("data", page.Select(ToShape).ToArray()),
            ("first_id", page.FirstOrDefault()?.Id),
            ("last_id", page.LastOrDefault()?.Id),
            ("has_more", start + page.Length < files.Length)));
    }

    private Answer Delete(EndpointCall call)
    {
        StoredFile file = Find(call["id"]);
        options.Files.Remove(file.Id);
        return Answer.OfJson(Shape.Of(("object", "file"), ("id", file.Id), ("deleted", true)));
    }

    private Answer Load(EndpointCall call)
    {
        StoredFile file = Find(call["id"]);
        return file.Purpose == "assistants"
            ? throw new ApiException(ApiError.Invalid("Not allowed to download files of purpose: assistants"))
            : Download.Of(call, file);
    }

    private StoredFile Find(string id) => options.Files.Find(id) is { } file && id.StartsWith(FileStore.OpenAI, StringComparison.Ordinal)
        ? file
        : throw new ApiException(new ApiError(404, $"No such File object: {id}", ApiError.InvalidRequest, "id", null));
}
