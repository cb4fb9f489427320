using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The answer of <c>POST /chat/completions</c>.</summary>
[Answer(nameof(Choices))]
public sealed class ChatCompletionResponse : ApiResponseBody
{
    /// <summary>The id of the answer.</summary>
    public string? Id { get; set; }

    /// <summary><c>chat.completion</c>.</summary>
    public string? Object { get; set; }

    /// <summary>When the answer was made, in seconds since 1970-01-01 UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? Created { get; set; }

    /// <summary>The model that answered, often under a dated id.</summary>
    public string? Model { get; set; }

    /// <summary>The answers, as many as the request asked for.</summary>
    public IReadOnlyList<ChatChoice>? Choices { get; set; }

    /// <summary>The tokens that were used.</summary>
    public Usage? Usage { get; set; }

    /// <summary>The configuration of the service.</summary>
    public string? SystemFingerprint { get; set; }

    /// <summary>The processing tier that served the request.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>The labels kept with a stored completion.</summary>
    public Dictionary<string, string>? Metadata { get; set; }

    /// <summary>The moderation that the request asked for.</summary>
    public ChatModeration? Moderation { get; set; }
}
