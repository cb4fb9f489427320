namespace ChatPS.Client.Resources;

/// <summary>Makes objects of what a service tells of vector stores.</summary>
internal static class VectorStoreMapper
{
    public static ChatVectorStore Store(ResourceReader seen) => new()
    {
        Id = seen.Text("id") ?? seen.Place.Id,
        Name = seen.Text("name") ?? "",
        Description = seen.Text("description"),
        Status = seen.Text("status") ?? "",
        UsageBytes = seen.Number("usage_bytes"),
        FileCount = seen.Count("file_counts.total") ?? 0,
        CompletedCount = seen.Count("file_counts.completed") ?? 0,
        InProgressCount = seen.Count("file_counts.in_progress") ?? 0,
        FailedCount = seen.Count("file_counts.failed") ?? 0,
        CancelledCount = seen.Count("file_counts.cancelled") ?? 0,
        CreatedAt = seen.Time("created_at"),
        LastActiveAt = seen.Time("last_active_at"),
        ExpiresAfterDay = seen.Count("expires_after.days"),
        ExpiresAt = seen.Time("expires_at"),
        Metadata = seen.Notes("metadata"),
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };

    public static ChatVectorStoreFile File(ResourceReader seen) => new()
    {
        Id = seen.Text("id") ?? seen.Text("file_id") ?? seen.Place.Id,
        VectorStoreId = seen.Text("vector_store_id") ?? seen.Place.Parent,
        Status = seen.Text("status") ?? "",
        ErrorCode = seen.Text("last_error.code"),
        ErrorMessage = seen.Text("last_error.message"),
        UsageBytes = seen.Number("usage_bytes"),
        MaxChunkToken = seen.Count("chunking_strategy.static.max_chunk_size_tokens"),
        ChunkOverlapToken = seen.Count("chunking_strategy.static.chunk_overlap_tokens"),
        Attributes = seen.Values("attributes"),
        CreatedAt = seen.Time("created_at"),
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };

    public static ChatVectorStoreBatch Batch(ResourceReader seen) => new()
    {
        Id = seen.Text("id") ?? seen.Place.Id,
        VectorStoreId = seen.Text("vector_store_id") ?? seen.Place.Parent,
        Status = seen.Text("status") ?? "",
        FileCount = seen.Count("file_counts.total") ?? 0,
        CompletedCount = seen.Count("file_counts.completed") ?? 0,
        InProgressCount = seen.Count("file_counts.in_progress") ?? 0,
        FailedCount = seen.Count("file_counts.failed") ?? 0,
        CancelledCount = seen.Count("file_counts.cancelled") ?? 0,
        CreatedAt = seen.Time("created_at"),
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };

    public static ChatVectorStoreMatch Match(ResourceReader seen, int rank, string query) => new()
    {
        Rank = rank,
        Score = seen.Real("score") ?? 0,
        FileId = seen.Text("file_id") ?? "",
        FileName = seen.Text("filename") ?? "",
        Text = seen.Pieces("content"),
        Attributes = seen.Values("attributes"),
        Query = query,
        VectorStoreId = seen.Place.Id,
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };
}
