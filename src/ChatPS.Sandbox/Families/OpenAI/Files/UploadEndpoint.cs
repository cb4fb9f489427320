using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Files;

/// <summary>Files that are uploaded in parts, in any order and side by side.</summary>
internal sealed class UploadEndpoint(FamilyOptions options, FileEndpoint files)
{
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(1);

    private readonly object _lock = new();
    private readonly Dictionary<string, PartUpload> _uploads = new(StringComparer.Ordinal);

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/uploads", Begin),
        Route.Post("/uploads/{id}/parts", AddPart) with { TakesFile = true },
        Route.Post("/uploads/{id}/complete", Complete),
        Route.Post("/uploads/{id}/cancel", Cancel),
    ];

    private Answer Begin(EndpointCall call)
    {
        Fields body = call.Body;
        string name = body.RequiredText("filename");
        string purpose = body.RequiredText("purpose");
        string type = body.RequiredText("mime_type");
        JsonElement bytes = body.Required("bytes");
        long most = options.Limits.UploadBytes;
        if (bytes.ValueKind != JsonValueKind.Number || !bytes.TryGetInt64(out long length) || length < 1 || length > most)
        {
            throw new ApiException(ApiError.Invalid($"Invalid 'bytes': expected an integer from 1 to {most}.", "bytes", "invalid_value"));
        }

        FileEndpoint.CheckPurpose(purpose, name);
        Fields expiry = new(body.Object("expires_after") ?? default, "expires_after.");
        TimeSpan? lifetime = FileEndpoint.Lifetime(expiry.Text("anchor"), expiry.TryGet("seconds", out JsonElement seconds) ? seconds.GetRawText() : null, purpose);
        PartUpload upload = new(call.Id("upload"), name, purpose, type, length, lifetime, call.Created, call.Created + (options.Limits.UploadLifetime ?? UsualLifetime));
        lock (_lock)
        {
            _uploads[upload.Id] = upload;
        }

        return Answer.OfJson(ToShape(upload, call.Created));
    }

    private Answer AddPart(EndpointCall call)
    {
        FormFile data = call.Upload.RequiredFile("data");
        if (data.Content.Length > options.Limits.PartBytes)
        {
            throw new ApiException(new ApiError(413, $"A part is larger than {options.Limits.PartBytes} bytes.", ApiError.InvalidRequest, "data", "part_too_large"));
        }

        lock (_lock)
        {
            PartUpload upload = FindPending(call);
            string id = call.Id("part");
            upload.Parts[id] = data.Content;
            call.Exchange.File!.Keep();
            return Answer.OfJson(Shape.Of(("id", id), ("object", "upload.part"), ("created_at", call.Created.ToUnixTimeSeconds()), ("upload_id", upload.Id)));
        }
    }

    private Answer Complete(EndpointCall call)
    {
        JsonElement list = call.Body.Required("part_ids");
        string? expected = call.Body.Text("md5");
        lock (_lock)
        {
            PartUpload upload = FindPending(call);
            FileContent[] parts = list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Select(id => Part(upload, id))]
                : throw new ApiException(ApiError.WrongType("part_ids", "an array of strings", list));
            FileContent whole = FileContent.Join(parts);
            if (whole.Length != upload.Bytes)
            {
                throw new ApiException(ApiError.Invalid($"The parts hold {whole.Length} bytes, but the upload was begun with {upload.Bytes}.", "part_ids", "bytes_mismatch"));
            }

            if (expected is not null && !expected.Equals(Md5Of(whole), StringComparison.OrdinalIgnoreCase))
            {
                throw new ApiException(ApiError.Invalid("The MD5 checksum of the parts is another one.", "md5", "md5_mismatch"));
            }

            upload.File = options.Files.Change(files.Keep(upload.Name, upload.Purpose, whole, upload.Lifetime), file => file with { MimeType = upload.MimeType });
            return Answer.OfJson(ToShape(upload, call.Created));
        }
    }

    private Answer Cancel(EndpointCall call)
    {
        lock (_lock)
        {
            PartUpload upload = FindPending(call);
            upload.IsCancelled = true;
            foreach (FileContent part in upload.Parts.Values)
            {
                part.Delete();
            }

            return Answer.OfJson(ToShape(upload, call.Created));
        }
    }

    private static FileContent Part(PartUpload upload, JsonElement id) => id.ValueKind == JsonValueKind.String && upload.Parts.TryGetValue(id.GetString()!, out FileContent? part)
        ? part
        : throw new ApiException(ApiError.Invalid($"The upload has no part {id.GetRawText()}.", "part_ids", "invalid_value"));

    private static string Md5Of(FileContent content)
    {
        // What the API asks for: it finds damage, and protects from nobody.
#pragma warning disable CA5351
        using MD5 md5 = MD5.Create();
#pragma warning restore CA5351
        using Stream stream = content.OpenRead();
        return string.Concat(md5.ComputeHash(stream).Select(static value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private PartUpload FindPending(EndpointCall call)
    {
        PartUpload upload = _uploads.TryGetValue(call["id"], out PartUpload? found)
            ? found
            : throw new ApiException(new ApiError(404, $"No such Upload object: {call["id"]}", ApiError.InvalidRequest, "id", null));
        string status = upload.Status(call.Created);
        return status == "pending" ? upload : throw new ApiException(ApiError.Invalid($"The upload is {status}.", null, "upload_" + status));
    }

    private Dictionary<string, object?> ToShape(PartUpload upload, DateTimeOffset now) => Shape.Of(
        ("id", upload.Id),
        ("object", "upload"),
        ("bytes", upload.Bytes),
        ("created_at", upload.Created.ToUnixTimeSeconds()),
        ("filename", upload.Name),
        ("purpose", upload.Purpose),
        ("status", upload.Status(now)),
        ("expires_at", upload.Expires.ToUnixTimeSeconds()),
        ("file", upload.File is { } file ? files.ToShape(file) : null));
}
