using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Google's resumable uploads: one begins with a name, goes on at an offset, tells how far it is, and ends with its last piece.</summary>
internal sealed class UploadEndpoint(FamilyOptions options)
{
    private const long LargestFile = 2L * 1024 * 1024 * 1024;
    private const int LargestStart = 64 * 1024;

    private static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(48);

    private readonly object _lock = new();
    private readonly Dictionary<string, ResumableUpload> _uploads = new(StringComparer.Ordinal);

    public IReadOnlyList<Route> Routes => [Route.Post("/upload/files", Handle) with { TakesFile = true }];

    private Answer Handle(EndpointCall call)
    {
        string[] commands = [.. (call.Exchange.Http.Header("X-Goog-Upload-Command") ?? "").Split(',').Select(static command => command.Trim())];
        if (commands.Contains("start", StringComparer.Ordinal))
        {
            return Start(call);
        }

        lock (_lock)
        {
            ResumableUpload upload = call.Query["upload_id"] is { } id && _uploads.TryGetValue(id, out ResumableUpload? found) && found.Expires > call.Created
                ? found
                : throw new ApiException(new ApiError(404, "The upload is not found, or has expired.", ApiError.InvalidRequest, null, null));
            return commands switch
            {
                ["query"] => Told(upload, Answer.OfJson(Shape.Of())),
                ["cancel"] => Cancel(upload),
                ["upload"] => Continue(call, upload, isLast: false),
                ["upload", "finalize"] or ["finalize"] => Continue(call, upload, isLast: true),
                _ => throw new ApiException(ApiError.Invalid("Invalid X-Goog-Upload-Command.")),
            };
        }
    }

    private Answer Start(EndpointCall call)
    {
        if (call.Exchange.Http.Header("X-Goog-Upload-Protocol") != "resumable")
        {
            throw new ApiException(ApiError.Invalid("Invalid X-Goog-Upload-Protocol: only resumable is played."));
        }

        string? length = call.Exchange.Http.Header("X-Goog-Upload-Header-Content-Length");
        long most = options.Limits.FileBytes ?? LargestFile;
        if (long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long size) && size > most)
        {
            throw new ApiException(ApiError.Invalid($"The file is larger than {most} bytes."));
        }

        if (options.Files.List(FileStore.Gemini).Count >= options.Limits.Files)
        {
            throw new ApiException(new ApiError(429, "The project keeps too many files.", ApiError.InvalidRequest, null, null));
        }

        Fields file = ReadStart(call);
        string type = call.Exchange.Http.Header("X-Goog-Upload-Header-Content-Type") ?? file.Text("mimeType") ?? file.Text("mime_type") ?? "application/octet-stream";
        ResumableUpload upload = new(call.Id("up"), file.Text("displayName") ?? file.Text("display_name") ?? "", type, length is null ? null : size, call.Created + (options.Limits.UploadLifetime ?? UsualLifetime));
        lock (_lock)
        {
            _uploads[upload.Id] = upload;
        }

        Answer answer = Told(upload, Answer.OfJson(Shape.Of()));
        return answer with
        {
            Headers = [.. answer.Headers, ("X-Goog-Upload-URL", $"http://{call.Exchange.Http.Header("Host")}/upload/v1beta/files?upload_id={upload.Id}&upload_protocol=resumable")],
        };
    }

    private static Fields ReadStart(EndpointCall call)
    {
        if (call.Exchange.File is not { Taken: <= LargestStart } body)
        {
            return default;
        }

        try
        {
            using Stream stream = body.Content.OpenRead();
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object && new Fields(document.RootElement.Clone()).Object("file") is { } file ? new Fields(file, "file.") : default;
        }
        catch (JsonException)
        {
            throw new ApiException(ApiError.BadJson);
        }
    }

    private Answer Continue(EndpointCall call, ResumableUpload upload, bool isLast)
    {
        if (upload.File is { } finished)
        {
            return Told(upload, Answer.OfJson(Shape.Of(("file", FileEndpoint.ToShape(call, finished)))));
        }

        long size = call.Exchange.File?.Taken ?? 0;
        string? offset = call.Exchange.Http.Header("X-Goog-Upload-Offset");
        if (size > 0 && offset != upload.Received.ToString(CultureInfo.InvariantCulture))
        {
            throw new ApiException(ApiError.Invalid($"Invalid X-Goog-Upload-Offset: expected {upload.Received}, but got {offset}."));
        }

        if (upload.Size is { } whole && (upload.Received + size > whole || (isLast && upload.Received + size != whole)))
        {
            throw new ApiException(ApiError.Invalid($"The upload was begun with {whole} bytes, but {upload.Received + size} came."));
        }

        if (call.Exchange.File is { } body)
        {
            upload.Pieces.Add(body.Content);
            body.Keep();
        }

        if (!isLast)
        {
            return Told(upload, Answer.OfJson(Shape.Of()));
        }

        bool isMade = upload.Name.StartsWith("made-", StringComparison.Ordinal);
        StoredFile kept = options.Files.Add(FileStore.Gemini, upload.Name, "", FileContent.Join(upload.Pieces), FileEndpoint.Lifetime);
        upload.File = options.Files.Change(kept, file => file with { MimeType = upload.MimeType, IsMade = isMade });
        return Told(upload, Answer.OfJson(Shape.Of(("file", FileEndpoint.ToShape(call, upload.File)))));
    }

    private Answer Cancel(ResumableUpload upload)
    {
        _uploads.Remove(upload.Id);
        foreach (FileContent piece in upload.Pieces)
        {
            piece.Delete();
        }

        return Answer.OfJson(Shape.Of()) with { Headers = [("X-Goog-Upload-Status", "cancelled")] };
    }

    private static Answer Told(ResumableUpload upload, Answer answer) => answer with
    {
        Headers =
        [
            ("X-Goog-Upload-Status", upload.File is null ? "active" : "final"),
            ("X-Goog-Upload-Size-Received", upload.Received.ToString(CultureInfo.InvariantCulture)),
            ("X-Goog-Upload-Chunk-Granularity", "262144"),
        ],
    };
}
