using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Batches;

/// <summary>A batch of requests, as the service tells of it.</summary>
public sealed class Batch : ApiResponseBody
{
    /// <summary>Its id.</summary>
    public string? Id { get; set; }

    /// <summary><c>batch</c>.</summary>
    public string? Object { get; set; }

    /// <summary>The endpoint of all its requests.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The model of its requests.</summary>
    public string? Model { get; set; }

    /// <summary>Why it failed as a whole.</summary>
    public BatchErrors? Errors { get; set; }

    /// <summary>The id of the file with the requests.</summary>
    public string? InputFileId { get; set; }

    /// <summary>How long the service may take.</summary>
    public string? CompletionWindow { get; set; }

    /// <summary><c>validating</c>, <c>failed</c>, <c>in_progress</c>, <c>finalizing</c>, <c>completed</c>, <c>expired</c>, <c>cancelling</c> or <c>cancelled</c>; Azure writes them otherwise.</summary>
    public string? Status { get; set; }

    /// <summary>The id of the file with the answers.</summary>
    public string? OutputFileId { get; set; }

    /// <summary>The id of the file with the requests that failed.</summary>
    public string? ErrorFileId { get; set; }

    /// <summary>When it was made, in seconds since 1970-01-01 UTC; as are the other times.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? CreatedAt { get; set; }

    /// <summary>When work on it began.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? InProgressAt { get; set; }

    /// <summary>When its time runs out.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? ExpiresAt { get; set; }

    /// <summary>When the service began to put the results together.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? FinalizingAt { get; set; }

    /// <summary>When it was done.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? CompletedAt { get; set; }

    /// <summary>When it failed as a whole.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? FailedAt { get; set; }

    /// <summary>When its time had run out.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? ExpiredAt { get; set; }

    /// <summary>When it was asked to stop.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? CancellingAt { get; set; }

    /// <summary>When it had stopped.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? CancelledAt { get; set; }

    /// <summary>How many requests it has, and how far they are.</summary>
    public BatchRequestCounts? RequestCounts { get; set; }

    /// <summary>What the answers used, all together.</summary>
    public BatchUsage? Usage { get; set; }

    /// <summary>The labels that it was given.</summary>
    public Dictionary<string, string?>? Metadata { get; set; }
}
