using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;

namespace ChatPS.Client.Images;

/// <summary>Pictures as a checkpoint keeps them: of those that were saved their paths, of others their bytes.</summary>
internal static class KeptImages
{
    /// <summary>Makes what is kept.</summary>
    /// <param name="images">The pictures of an item.</param>
    /// <param name="model">The model that was asked.</param>
    /// <returns>The record.</returns>
    public static CheckpointRecord ToRecord(IReadOnlyList<ChatImage> images, string model) => new()
    {
        Raw = JsonSerializer.Serialize([.. images.Select(ToKept)], KeptImagesJson.Default.KeptImageArray),
        Elapsed = TimeSpan.FromTicks(images.Sum(image => image.Usage is null && image.Raw.Length == 0 ? 0 : image.Elapsed.Ticks)),
        RequestId = images[0].RequestId,
        Connection = images[0].Connection,
        RequestedModel = model,
        TotalTokens = images.Sum(image => (long)(image.Usage?.TotalTokens ?? 0)),
        OutputTokens = images.Max(image => image.Usage?.OutputTokens ?? 0),
        Cost = images.All(image => image.Cost is null) ? null : images.Sum(image => image.Cost ?? 0),
        At = DateTimeOffset.UtcNow,
    };

    /// <summary>Reads what is kept.</summary>
    /// <param name="record">The record.</param>
    /// <param name="request">What was asked.</param>
    /// <returns>The pictures; null where the file of one has gone or is another one now.</returns>
    public static IReadOnlyList<ChatImage>? Read(CheckpointRecord record, ImageRequest request)
    {
        KeptImage[] kept = JsonSerializer.Deserialize(record.Raw, KeptImagesJson.Default.KeptImageArray) ?? [];
        return kept.Length > 0 && Array.TrueForAll(kept, IsThere) ? [.. kept.Select(image => ToImage(image, request, record))] : null;
    }

    private static bool IsThere(KeptImage image) => image.Path is not { } path || (new FileInfo(path) is { Exists: true } file && file.Length == image.Size);

    private static KeptImage ToKept(ChatImage image) => new()
    {
        Path = image.Path,
        Data = image.Data,
        Url = image.Url,
        MediaType = image.MediaType,
        Size = image.Size,
        RevisedPrompt = image.RevisedPrompt,
        Width = image.Width,
        Height = image.Height,
        Seed = image.Seed,
        IsSafe = image.IsSafe,
        Model = image.Model,
        Created = image.Created,
        Background = image.Background,
        OutputFormat = image.OutputFormat,
        Quality = image.Quality,
        InputTokens = image.Usage?.InputTokens,
        OutputTokens = image.Usage?.OutputTokens,
        TotalTokens = image.Usage?.TotalTokens,
        Cost = image.Cost,
        RequestId = image.RequestId,
        ElapsedTicks = image.Elapsed.Ticks,
        Raw = image.Raw,
    };

    private static ChatImage ToImage(KeptImage kept, ImageRequest request, CheckpointRecord record) => new()
    {
        Path = kept.Path,
        Data = kept.Data,
        Url = kept.Url,
        MediaType = kept.MediaType,
        Size = kept.Size,
        Prompt = request.Prompt,
        RevisedPrompt = kept.RevisedPrompt,
        Width = kept.Width,
        Height = kept.Height,
        Seed = kept.Seed,
        IsSafe = kept.IsSafe,
        Model = kept.Model,
        Created = kept.Created,
        Background = kept.Background,
        OutputFormat = kept.OutputFormat,
        Quality = kept.Quality,
        Usage = kept.TotalTokens is { } total ? new ChatUsage { InputTokens = kept.InputTokens ?? 0, OutputTokens = kept.OutputTokens ?? 0, TotalTokens = total } : null,
        Cost = kept.Cost,
        RequestId = kept.RequestId,
        Elapsed = new TimeSpan(kept.ElapsedTicks),
        Connection = record.Connection,
        Raw = kept.Raw ?? "",
        Input = request.Input,
        Index = request.Index,
    };
}

/// <summary>A picture in a checkpoint.</summary>
internal sealed class KeptImage
{
    public string? Path { get; set; }

    public byte[]? Data { get; set; }

    public string? Url { get; set; }

    public string? MediaType { get; set; }

    public long? Size { get; set; }

    public string? RevisedPrompt { get; set; }

    public int? Width { get; set; }

    public int? Height { get; set; }

    public long? Seed { get; set; }

    public bool? IsSafe { get; set; }

    public string? Model { get; set; }

    public DateTimeOffset? Created { get; set; }

    public string? Background { get; set; }

    public string? OutputFormat { get; set; }

    public string? Quality { get; set; }

    public int? InputTokens { get; set; }

    public int? OutputTokens { get; set; }

    public int? TotalTokens { get; set; }

    public decimal? Cost { get; set; }

    public string? RequestId { get; set; }

    public long ElapsedTicks { get; set; }

    public string? Raw { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptImage[]))]
internal sealed partial class KeptImagesJson : JsonSerializerContext;
