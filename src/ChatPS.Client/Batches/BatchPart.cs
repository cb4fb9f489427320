using System.Text.Json.Serialization;

namespace ChatPS.Client.Batches;

/// <summary>A part of a batch, as the file of its state keeps it.</summary>
internal sealed class BatchPart
{
    /// <summary>Gets or sets its number, from 1.</summary>
    public int Number { get; set; }

    /// <summary>Gets or sets its name, which no other part has.</summary>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets the model of all its requests.</summary>
    public string Model { get; set; } = "";

    /// <summary>Gets or sets how many requests it has.</summary>
    public int Requests { get; set; }

    /// <summary>Gets or sets how many bytes they have, as they are sent.</summary>
    public long Bytes { get; set; }

    /// <summary>Gets or sets about how many tokens they have.</summary>
    public long Tokens { get; set; }

    /// <summary>Gets or sets the id of the uploaded file; null before, or where there is none.</summary>
    public string? FileId { get; set; }

    /// <summary>Gets or sets when it was first asked for: without a <see cref="JobId"/>, nobody knows what became of that.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>Gets or sets the service's id of the job; null before it is started.</summary>
    public string? JobId { get; set; }

    /// <summary>Gets or sets whether nothing proves that the job is that of this part: it may be another program's, and is not stopped.</summary>
    public bool IsPresumed { get; set; }

    /// <summary>Gets whether the service has answered requests, and does not tell yet where the answers lie.</summary>
    [JsonIgnore]
    public bool LacksResults => JobId is not null && IsDone && Results.Count == 0 && Completed > 0;

    /// <summary>Gets or sets how far it is.</summary>
    public ChatBatchStatus Status { get; set; } = ChatBatchStatus.Waiting;

    /// <summary>Gets or sets how many requests have been answered, as the service tells.</summary>
    public int? Completed { get; set; }

    /// <summary>Gets or sets how many have failed, as the service tells.</summary>
    public int? Failed { get; set; }

    /// <summary>Gets or sets how many of its requests have failed and were not taken up by a later part; null where none was.</summary>
    public int? Left { get; set; }

    /// <summary>Gets or sets when it was started.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>Gets or sets when its time runs out.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Gets or sets when it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Gets or sets why it failed or waits.</summary>
    public string? Reason { get; set; }

    /// <summary>Gets or sets where its results lie, in the engine's own words.</summary>
    public IReadOnlyList<string> Results { get; set; } = [];

    /// <summary>Gets or sets whether it waits for room in the service's queue.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Gets or sets the ids of jobs that the service gave up for want of room in its queue.</summary>
    public IReadOnlyList<string> Former { get; set; } = [];

    /// <summary>Gets whether the service is done with it, or nobody will start it.</summary>
    [JsonIgnore]
    public bool IsDone => Status is ChatBatchStatus.Completed or ChatBatchStatus.Failed or ChatBatchStatus.Expired or ChatBatchStatus.Cancelled;

    /// <summary>Gets or sets whether the service knew nothing of the job when it was last looked at. It is looked at again: the account may have been another one.</summary>
    public bool IsLost { get; set; }

    /// <summary>Gets whether the service has it, and is not done with it.</summary>
    [JsonIgnore]
    public bool IsUnderWay => JobId is not null && !IsDone;

    /// <summary>Gets or sets the service's last answer about it, as JSON; the file does not keep it.</summary>
    [JsonIgnore]
    public string Raw { get; set; } = "";

    /// <summary>Gets or sets whether it takes up requests of earlier parts that had no answer: what it answers counts.</summary>
    public bool IsRetry { get; set; }
}
