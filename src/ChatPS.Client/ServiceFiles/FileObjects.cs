using ChatPS.Api.Errors;
using ChatPS.Api.Files;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.ServiceFiles;

/// <summary>Reads files in the form of OpenAI, which Anthropic's is near to.</summary>
internal static class FileObjects
{
    /// <summary>Makes the file of what came.</summary>
    /// <param name="file">What came.</param>
    /// <param name="call">The call.</param>
    /// <param name="input">The pipeline item that it was made from.</param>
    /// <returns>The file.</returns>
    public static ChatFile Read(FileObject file, CallContext call, object? input = null) => new()
    {
        Id = file.Id is { Length: > 0 } id ? Redactor.Redact(id, call.Secrets) : throw new WireFormatException("The answer is no file.", file.Raw),
        FileName = Redactor.Redact(file.Filename ?? "", call.Secrets),
        Purpose = Redactor.RedactOptional(file.Purpose, call.Secrets),
        Bytes = file.Bytes ?? file.SizeBytes,
        MediaType = Redactor.RedactOptional(file.MimeType, call.Secrets),
        CreatedAt = UnixTime.From(file.CreatedAt),
        ExpiresAt = UnixTime.From(file.ExpiresAt),
        Status = Redactor.RedactOptional(file.Status, call.Secrets),
        IsDownloadable = file.Downloadable,
        Connection = call.ConnectionName,
        Input = input,
        Raw = Redactor.Redact(file.Raw, call.Secrets),
    };

    /// <summary>Makes a page of what came.</summary>
    /// <param name="list">What came.</param>
    /// <param name="call">The call.</param>
    /// <returns>The page.</returns>
    public static Page<ChatFile> Read(FileList list, CallContext call) => Pages.Of(
        [.. (list.Data ?? throw new WireFormatException("The answer is no list of files.", list.Raw)).Select(file => Read(file, call))], list.HasMore, list.LastId, file => file.Id);

    /// <summary>Makes sure that a file was deleted.</summary>
    /// <param name="deletion">What came.</param>
    /// <param name="id">The file.</param>
    /// <returns>The id.</returns>
    public static string Read(FileDeletion deletion, string id) =>
        deletion.Deleted == false ? throw new WireFormatException($"The service did not delete '{ParameterRules.OnOneLine(id)}'.", deletion.Raw) : id;
}
