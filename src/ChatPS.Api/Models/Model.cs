using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Models;

/// <summary>A model of the service.</summary>
public sealed class Model : ApiResponseBody
{
    /// <summary>The id to use in requests.</summary>
    public string? Id { get; set; }

    /// <summary><c>model</c>.</summary>
    public string? Object { get; set; }

    /// <summary>When the model was made, in seconds since 1970-01-01 UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? Created { get; set; }

    /// <summary>The same time, where a vendor writes it as text.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? CreatedAt { get; set; }

    /// <summary>The name for people.</summary>
    public string? DisplayName { get; set; }

    /// <summary>Who owns the model.</summary>
    public string? OwnedBy { get; set; }

    /// <summary>The day on which the model is switched off, as <c>yyyy-MM-dd</c>.</summary>
    public string? ShutdownDate { get; set; }
}
