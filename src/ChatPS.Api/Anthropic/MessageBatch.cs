using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>A batch of messages, and how far it is.</summary>
[Answer(nameof(Id))]
public sealed class MessageBatch : ApiResponseBody
{
    /// <summary>The service's id.</summary>
    public string? Id { get; set; }

    /// <summary><c>message_batch</c>, or <c>message_batch_deleted</c> in the answer to its deletion.</summary>
    public string? Type { get; set; }

    /// <summary><c>in_progress</c>, <c>canceling</c> or <c>ended</c>.</summary>
    public string? ProcessingStatus { get; set; }

    /// <summary>How many requests are at what. All but <see cref="MessageBatchCounts.Processing"/> stay 0 until the whole batch ends.</summary>
    public MessageBatchCounts? RequestCounts { get; set; }

    /// <summary>When it was made, as ISO writes it.</summary>
    public string? CreatedAt { get; set; }

    /// <summary>When its time runs out.</summary>
    public string? ExpiresAt { get; set; }

    /// <summary>When it ended; null before.</summary>
    public string? EndedAt { get; set; }

    /// <summary>When it was asked to stop; null if it never was.</summary>
    public string? CancelInitiatedAt { get; set; }

    /// <summary>When its results were thrown away; null as long as they are there.</summary>
    public string? ArchivedAt { get; set; }

    /// <summary>Where its results lie; null before it has ended, and when they are gone.</summary>
    public string? ResultsUrl { get; set; }
}
