using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPS.Client.Generations;

/// <summary>A task as files keep it: enough to find it again at its service. What it was made from is not in it but for the words.</summary>
internal sealed class KeptGeneration
{
    public string? Id { get; set; }

    /// <summary>Gets or sets whether the service did not take it.</summary>
    public bool IsRefused { get; set; }

    public string? Service { get; set; }

    public string? Action { get; set; }

    public string? Form { get; set; }

    public string? Mode { get; set; }

    public string? Model { get; set; }

    public string? Prompt { get; set; }

    public string? ParentId { get; set; }

    public string? Status { get; set; }

    public DateTimeOffset? SubmittedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public string? FailReason { get; set; }

    public string? Connection { get; set; }

    /// <summary>Gets or sets the address of the service, where more than the connection's name has to tell.</summary>
    public string? Address { get; set; }

    /// <summary>Makes what is kept.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The same, to be written.</returns>
    public static KeptGeneration Of(ChatGeneration task) => new()
    {
        Id = task.Id,
        Service = task.Service,
        Action = task.Action,
        Form = task.Form,
        Mode = task.Mode,
        Model = task.Model,
        Prompt = task.Prompt,
        ParentId = task.ParentId,
        Status = task.Status.ToString(),
        SubmittedAt = task.SubmittedAt,
        FinishedAt = task.FinishedAt,
        Connection = task.Connection,
    };

    /// <summary>Makes the task that a look at it completes. How far it was is only known of tasks that had ended, and these have to be looked at for their results.</summary>
    /// <param name="input">The pipeline item.</param>
    /// <param name="index">Its place.</param>
    /// <returns>The task.</returns>
    public ChatGeneration ToTask(object? input, int index) => new()
    {
        Id = Id ?? "",
        Service = Service ?? "",
        Action = Action ?? "",
        Form = Form,
        Mode = Mode,
        Model = Model,
        Prompt = Prompt,
        ParentId = ParentId,
        SubmittedAt = SubmittedAt,
        Connection = Connection,
        Input = input,
        Index = index,
    };

    /// <summary>Makes the task as it was seen last: its status without its results.</summary>
    /// <param name="index">Its place.</param>
    /// <returns>The task.</returns>
    public ChatGeneration ToSeenTask(int index) => new()
    {
        Id = Id ?? "",
        Service = Service ?? "",
        Action = Action ?? "",
        Status = Enum.TryParse(Status, ignoreCase: true, out ChatGenerationStatus status) && Enum.IsDefined(typeof(ChatGenerationStatus), status) ? status : ChatGenerationStatus.NotStarted,
        Form = Form,
        Mode = Mode,
        Model = Model,
        Prompt = Prompt,
        ParentId = ParentId,
        SubmittedAt = SubmittedAt,
        FinishedAt = FinishedAt,
        FailReason = FailReason,
        Connection = Connection,
        Index = index,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(KeptGeneration))]
internal sealed partial class KeptGenerationJson : JsonSerializerContext;
