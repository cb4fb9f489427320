using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Files;

/// <summary>How the types of files and uploads are written and read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(FileObject))]
[JsonSerializable(typeof(FileList))]
[JsonSerializable(typeof(FileDeletion))]
[JsonSerializable(typeof(UploadObject))]
[JsonSerializable(typeof(UploadPart))]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(UploadCompletion))]
public sealed partial class FilesJsonContext : JsonSerializerContext;
