using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Files;

/// <summary>Makes the file of the parts.</summary>
public sealed class UploadCompletion : ApiRequest
{
    /// <summary>The ids of the parts in the order of the file.</summary>
    public IReadOnlyList<string> PartIds { get; set; } = [];

    /// <summary>The MD5 checksum of the file, in hexadecimal digits.</summary>
    [JsonPropertyName("md5")]
    public string? Md5 { get; set; }
}
