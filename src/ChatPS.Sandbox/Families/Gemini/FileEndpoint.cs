using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Gemini's files, which live for two days. Only what the service has made can be read back; here, what is called so: <c>made-…</c>.</summary>
internal sealed class FileEndpoint(FamilyOptions options)
{
    private const int UsualPage = 10;
    private const int LargestPage = 100;

    /// <summary>How long a file lives.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(48);

    public IReadOnlyList<Route> Routes =>
    [
        Route.Get("/files", List),
        Route.Get("/files/{id}", call => Answer.OfJson(ToShape(call, Find(call["id"])))),
        Route.Delete("/files/{id}", Delete),
    ];

    /// <summary>A file as it is told of.</summary>
    public static Dictionary<string, object?> ToShape(EndpointCall call, StoredFile file) => Shape.Of(
        ("name", "files/" + file.Id),
        ("displayName", file.Name),
        ("mimeType", file.MimeType),
        ("sizeBytes", file.Bytes.ToString(CultureInfo.InvariantCulture)),
        ("createTime", Time(file.Created)),
        ("updateTime", Time(file.Created)),
        ("expirationTime", Time(file.Expires ?? file.Created + Lifetime)),
        ("uri", Address(call, file)),
        ("downloadUri", file.IsMade ? Address(call, file) + ":download?alt=media" : null),
        ("state", "ACTIVE"),
        ("source", file.IsMade ? "GENERATED" : "UPLOADED"));

    /// <summary>Answers with the bytes of a file.</summary>
    /// <param name="call">The request.</param>
    /// <returns>The bytes.</returns>
    public Answer Load(EndpointCall call)
    {
        StoredFile file = Find(call["id"]);
        return file.IsMade ? Families.Download.Of(call, file) : throw new ApiException(ApiError.Invalid("Only generated files can be downloaded."));
    }

    private static string Address(EndpointCall call, StoredFile file) => $"http://{call.Exchange.Http.Header("Host")}/v1beta/files/{file.Id}";

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private Answer List(EndpointCall call)
    {
        StoredFile[] files = [.. options.Files.List(FileStore.Gemini).Reverse()];
        int size = call.Query.Integer("pageSize", 1, LargestPage) ?? UsualPage;
        int start = call.Query.Integer("pageToken", 0, int.MaxValue) ?? 0;
        Dictionary<string, object?> list = Shape.Of(("files", files.Skip(start).Take(size).Select(file => ToShape(call, file)).ToArray()));
        return Answer.OfJson(start + size < files.Length ? list.With(("nextPageToken", (start + size).ToString(CultureInfo.InvariantCulture))) : list);
    }

    private Answer Delete(EndpointCall call)
    {
        options.Files.Remove(Find(call["id"]).Id);
        return Answer.OfJson(Shape.Of());
    }

    private StoredFile Find(string id) => options.Files.Find(id) is { } file && id.StartsWith(FileStore.Gemini, StringComparison.Ordinal)
        ? file
        : throw new ApiException(new ApiError(403, $"You do not have permission to access the File {id} or it may not exist.", ApiError.InvalidRequest, null, null));
}
