using System.Management.Automation;
using System.Globalization;

namespace ChatPS.Conversion;

/// <summary>Brings back tasks that came through a file, a job or a remote session, where they are property bags; rows with an id and a service do as well.</summary>
/// <param name="source">The bag.</param>
internal sealed class DeserializedGeneration(PSObject source)
{
    /// <summary>Reads the task.</summary>
    /// <param name="service">The family where the bag names none.</param>
    /// <param name="form">The form where the bag names none.</param>
    /// <returns>The task; its family is empty where nobody names one.</returns>
    public ChatGeneration ToTask(string? service, string? form) => new()
    {
        Id = Text(nameof(ChatGeneration.Id)) ?? "",
        Service = Text(nameof(ChatGeneration.Service)) ?? service ?? "",
        Action = Text(nameof(ChatGeneration.Action)) ?? "",
        Status = Read<ChatGenerationStatus>(nameof(ChatGeneration.Status)) ?? ChatGenerationStatus.NotStarted,
        RawStatus = Text(nameof(ChatGeneration.RawStatus)),
        Progress = Read<double>(nameof(ChatGeneration.Progress)),
        Prompt = Text(nameof(ChatGeneration.Prompt)),
        Model = Text(nameof(ChatGeneration.Model)),
        SubmittedAt = Time(nameof(ChatGeneration.SubmittedAt)),
        StartedAt = Time(nameof(ChatGeneration.StartedAt)),
        FinishedAt = Time(nameof(ChatGeneration.FinishedAt)),
        Result = [.. List(nameof(ChatGeneration.Result)).Select(result => new DeserializedGeneration(result).ToResult())],
        Text = Text(nameof(ChatGeneration.Text)),
        FailReason = Text(nameof(ChatGeneration.FailReason)),
        FailCode = Text(nameof(ChatGeneration.FailCode)),
        Actions = [.. List(nameof(ChatGeneration.Actions)).Select(action => new DeserializedGeneration(action).ToAction())],
        ParentId = Text(nameof(ChatGeneration.ParentId)),
        Form = Text(nameof(ChatGeneration.Form)) ?? form,
        Mode = Text(nameof(ChatGeneration.Mode)),
        Connection = Text(nameof(ChatGeneration.Connection)),
        Input = Value(nameof(ChatGeneration.Input)),
        Index = Read<int>(nameof(ChatGeneration.Index)) ?? 0,
        Raw = Text(nameof(ChatGeneration.Raw)) ?? "",
    };

    private ChatGenerationResult ToResult() => new()
    {
        Kind = Text(nameof(ChatGenerationResult.Kind)) ?? "file",
        Url = Text(nameof(ChatGenerationResult.Url)),
        Data = Value(nameof(ChatGenerationResult.Data)) is byte[] { Length: > 0 } data ? data : null,
        MediaType = Text(nameof(ChatGenerationResult.MediaType)),
        FileName = Text(nameof(ChatGenerationResult.FileName)),
        FileId = Text(nameof(ChatGenerationResult.FileId)),
        Path = Text(nameof(ChatGenerationResult.Path)),
        Size = Read<long>(nameof(ChatGenerationResult.Size)),
        Connection = Text(nameof(ChatGenerationResult.Connection)),
        Input = Value(nameof(ChatGenerationResult.Input)),
        Index = Read<int>(nameof(ChatGenerationResult.Index)) ?? 0,
        Part = Read<int>(nameof(ChatGenerationResult.Part)) ?? 0,
        GenerationId = Text(nameof(ChatGenerationResult.GenerationId)) ?? "",
        Id = Text(nameof(ChatGenerationResult.Id)),
        Title = Text(nameof(ChatGenerationResult.Title)),
        Duration = Read<double>(nameof(ChatGenerationResult.Duration)),
        SeenAt = Time(nameof(ChatGenerationResult.SeenAt)),
        ExpiresAt = Time(nameof(ChatGenerationResult.ExpiresAt)),
    };

    private ChatGenerationAction ToAction() => new()
    {
        Name = Text(nameof(ChatGenerationAction.Name)) ?? "",
        Label = Text(nameof(ChatGenerationAction.Label)),
        CustomId = Text(nameof(ChatGenerationAction.CustomId)),
    };

    private IEnumerable<PSObject> List(string name) =>
        (LanguagePrimitives.GetEnumerable(source.Properties[name]?.Value)?.Cast<object?>() ?? []).OfType<object>().Select(PSObject.AsPSObject).Where(item => item.BaseObject is not string);

    private object? Value(string name) => Bare.Of(source.Properties[name]?.Value);

    private string? Text(string name) => source.Properties[name]?.Value is { } value && PlainObject.Text(value) is { Length: > 0 } text ? text : null;

    private T? Read<T>(string name)
        where T : struct => source.Properties[name]?.Value is { } value && LanguagePrimitives.TryConvertTo(value.ToString(), CultureInfo.InvariantCulture, out T read) ? read : null;

    // A time with its offset comes back as a bag of its parts.
    private DateTimeOffset? Time(string name)
    {
        object? value = source.Properties[name]?.Value;
        return Bare.Of(value) switch
        {
            DateTimeOffset time => time,
            DateTime time => new DateTimeOffset(time.ToUniversalTime()),
            _ when value is PSObject bag && Bare.Of(bag.Properties[nameof(DateTimeOffset.UtcDateTime)]?.Value) is DateTime utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset read) => read,
            _ => null,
        };
    }
}
