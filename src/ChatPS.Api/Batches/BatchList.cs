using ChatPS.Api.Wire;

namespace ChatPS.Api.Batches;

/// <summary>A page of the batches of an account.</summary>
[Answer(nameof(Data))]
public sealed class BatchList : ApiResponseBody, IBareList
{
    /// <summary><c>list</c>.</summary>
    public string? Object { get; set; }

    /// <summary>The batches, each with its own <see cref="ApiResponseBody.Raw"/>. Null means none.</summary>
    public IReadOnlyList<Batch>? Data { get; set => field = value ?? []; }

    /// <summary>Whether there are more.</summary>
    public bool? HasMore { get; set; }

    /// <summary>The id of the first batch of the page.</summary>
    public string? FirstId { get; set; }

    /// <summary>The id of the last batch of the page.</summary>
    public string? LastId { get; set; }

    internal override void SetRaw(string json)
    {
        base.SetRaw(json);
        RawItems.Spread(Data, json, "data");
    }
}
