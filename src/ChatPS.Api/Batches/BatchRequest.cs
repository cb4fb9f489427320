using ChatPS.Api.Wire;

namespace ChatPS.Api.Batches;

/// <summary>The body of <c>POST /batches</c>.</summary>
public sealed class BatchRequest : ApiRequest
{
    /// <summary>The id of the uploaded file with the requests.</summary>
    public string? InputFileId { get; set; }

    /// <summary>The endpoint of all its requests, such as <c>/v1/chat/completions</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>How long the service may take: <c>24h</c>.</summary>
    public string? CompletionWindow { get; set; }

    /// <summary>Up to 16 labels.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; set; }

    /// <summary>When the files with the answers are deleted.</summary>
    public BatchExpiry? OutputExpiresAfter { get; set; }
}
