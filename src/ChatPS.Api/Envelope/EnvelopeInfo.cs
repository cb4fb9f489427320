using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Envelope;

/// <summary>The account that the key belongs to.</summary>
public sealed class EnvelopeInfo : WireObject
{
    /// <summary>The key, which is sent back.</summary>
    public string? Token { get; set; }

    /// <summary>How many requests a day may have.</summary>
    [JsonPropertyName("numOfOneDayCanCallApi")]
    public int? DailyLimit { get; set; }

    /// <summary>How many requests there were today.</summary>
    [JsonPropertyName("numOfOneDayAlreadyCallApi")]
    public int? DailyUse { get; set; }

    /// <summary>The day, as <c>2023-11-10</c>.</summary>
    [JsonPropertyName("apiDate")]
    public string? Date { get; set; }
}
