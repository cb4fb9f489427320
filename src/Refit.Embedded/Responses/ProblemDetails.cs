using System.Text.Json.Serialization;

namespace Refit;

/// <summary>A problem description (RFC 7807).</summary>
internal class ProblemDetails
{
    /// <summary>The messages of each invalid field.</summary>
    public Dictionary<string, string[]> Errors { get; set; } = [];

    /// <summary>The address that identifies the kind of problem.</summary>
    public string? Type { get; set; } = "about:blank";

    /// <summary>A summary of the kind of problem.</summary>
    public string? Title { get; set; }

    /// <summary>The status.</summary>
    public int Status { get; set; }

    /// <summary>What happened this time.</summary>
    public string? Detail { get; set; }

    /// <summary>The address that identifies this occurrence.</summary>
    public string? Instance { get; set; }

    /// <summary>All other members.</summary>
    [JsonExtensionData]
    public IDictionary<string, object> Extensions { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);
}
