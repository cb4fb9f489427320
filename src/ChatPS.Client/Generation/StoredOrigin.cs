namespace ChatPS.Client;

/// <summary>An answer that a checkpoint holds.</summary>
internal sealed class StoredOrigin(CheckpointRecord record, ConnectionSettings connection, PriceTable? prices) : IAnswerOrigin
{
    public string ConnectionName => record.Connection ?? connection.Name;

    public ApiKey? Key => connection.Key;

    public string? RequestId => record.RequestId;

    public TimeSpan Elapsed => record.Elapsed;

    public decimal? Succeed(string? model, ChatUsage? usage = null) =>
        prices?.Cost(model, usage) ?? prices?.Cost(record.RequestedModel, usage) ?? record.Cost;
}
