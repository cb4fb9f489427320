using System.Text.Json.Serialization;
using ChatPS.Api.Chat;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Text;

/// <summary>The answer of <c>POST /completions</c>, and each event of a streamed one.</summary>
[Answer(nameof(Choices))]
public sealed class CompletionResponse : ApiResponseBody
{
    /// <summary>The id of the answer.</summary>
    public string? Id { get; set; }

    /// <summary><c>text_completion</c>.</summary>
    public string? Object { get; set; }

    /// <summary>When the answer was made, in seconds since 1970-01-01 UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? Created { get; set; }

    /// <summary>The model that answered, often under a dated id.</summary>
    public string? Model { get; set; }

    /// <summary>The completions.</summary>
    public IReadOnlyList<CompletionChoice>? Choices { get; set; }

    /// <summary>The tokens that were used.</summary>
    public Usage? Usage { get; set; }

    /// <summary>The configuration of the service.</summary>
    public string? SystemFingerprint { get; set; }
}
