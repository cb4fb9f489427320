using System.Text;
using System.Text.Json;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Embeddings;

/// <summary>
/// A vector as a checkpoint keeps it: by itself, as if its text had been sent alone, since another run may send it in other company; and
/// small, since there are many.
/// </summary>
internal static class EmbeddingRecord
{
    /// <summary>Makes what is kept.</summary>
    /// <param name="embedding">The vector.</param>
    /// <param name="model">The model that was asked.</param>
    /// <returns>The record.</returns>
    public static CheckpointRecord Of(ChatEmbedding embedding, string model) => new()
    {
        Raw = Write(embedding),
        Elapsed = embedding.Elapsed,
        RequestId = embedding.RequestId,
        Connection = embedding.Connection,
        RequestedModel = model,
        TotalTokens = embedding.Tokens ?? 0,
        Cost = embedding.Cost,
        At = DateTimeOffset.UtcNow,
    };

    /// <summary>Makes the vector again.</summary>
    /// <param name="record">What is kept.</param>
    /// <param name="item">The text.</param>
    /// <param name="prices">The prices that its cost is calculated from, without a share of what a request costs; null for none.</param>
    /// <returns>The vector.</returns>
    public static ChatEmbedding Read(CheckpointRecord record, EmbeddingItem item, PriceTable? prices)
    {
        JsonElement kept = JsonMembers.TryParse(record.Raw) ?? throw new JsonException("It is no vector.");
        prices = record.IsBatch ? prices?.ForBatch() : prices;
        byte[] bytes = Convert.FromBase64String(kept.TextOf("embedding") ?? throw new JsonException("It is no vector."));
        float[] vector = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, vector, 0, vector.Length * sizeof(float));
        string? model = kept.TextOf("model");
        return new ChatEmbedding
        {
            Vector = vector,
            Text = item.Text,
            Input = item.Input,
            Index = item.Index,
            Model = model,
            Tokens = (int)Math.Min(int.MaxValue, record.TotalTokens),
            Cost = prices?.Cost(model, record.TotalTokens, 0, 0, requests: 0) ?? prices?.Cost(record.RequestedModel, record.TotalTokens, 0, 0, requests: 0),
            Elapsed = record.Elapsed,
            RequestId = record.RequestId,
            Connection = record.Connection,
        };
    }

    private static string Write(ChatEmbedding embedding)
    {
        byte[] bytes = new byte[embedding.Vector.Length * sizeof(float)];
        Buffer.BlockCopy(embedding.Vector, 0, bytes, 0, bytes.Length);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, CheckpointLine.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("model", embedding.Model);
            writer.WriteBase64String("embedding", bytes);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
