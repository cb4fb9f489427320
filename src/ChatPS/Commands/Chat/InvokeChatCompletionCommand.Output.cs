using System.Management.Automation;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Parameters;
using ChatPS.Typed;

namespace ChatPS.Commands;

// Answers as objects of a form that the user chooses.
public sealed partial class InvokeChatCompletionCommand
{
    private TypedOutput? _typed;

    /// <summary>The type of the answer: a PowerShell class, a .NET type, or an array of one.</summary>
    [Parameter(HelpMessage = "The type of the answer: a PowerShell class, a .NET type, or an array of one.")]
    [Asks(InPromptFile = false)]
    public Type? OutputType { get; set; }

    /// <summary>The form of the answer: one line such as 'name, age int', JSON Schema, or a file of either.</summary>
    [Parameter(HelpMessage = "The form of the answer: one line such as 'name, age int', JSON Schema, or a file of either.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public object? OutputSchema { get; set; }

    /// <summary>How the service is told the form.</summary>
    [Parameter(HelpMessage = "How the service is told the form.")]
    [Asks]
    [ValidateSet("Auto", "JsonSchema", "JsonObject", "Prompt")]
    public string SchemaMode { get; set; } = "Auto";

    /// <summary>How often the model may mend an answer that does not fit.</summary>
    [Parameter(HelpMessage = "How often the model may mend an answer that does not fit.")]
    [Asks]
    public int RepairAttempt { get; set; }

    /// <summary>Emits the completion, with the object as its Value.</summary>
    [Parameter(HelpMessage = "Emits the completion, with the object as its Value.")]
    [Asks]
    public SwitchParameter KeepCompletion { get; set; }

    /// <summary>Emits the input with the answer's properties added.</summary>
    [Parameter(HelpMessage = "Emits the input with the answer's properties added.")]
    [Asks]
    public SwitchParameter Merge { get; set; }

    private protected override IReadOnlyDictionary<string, object?>? BatchOutput => _typed?.ToPlain();

    private protected override ChatBatchKind BatchKind => ChatBatchKind.Chat;

    private protected override string? StrayInBatch => Session is not null ? nameof(Session)
        : _runner is not null ? IsBound(nameof(AllowTool)) ? nameof(AllowTool) : nameof(Tool)
        : RepairAttempt > 0 ? nameof(RepairAttempt)
        : Background ? nameof(Background)
        : AudioPath is not null ? nameof(AudioPath)
        : TakesFromRow(nameof(Connection)) ? nameof(FromRow)
        : base.StrayInBatch;

    private TypedOutput? CreateTypedOutput()
    {
        if (OutputType is null && OutputSchema is null)
        {
            string? stray = new[] { nameof(SchemaMode), nameof(RepairAttempt), nameof(KeepCompletion), nameof(Merge) }.FirstOrDefault(IsBound);
            return stray is null ? null : throw Failures.Invalid($"-{stray} was given without -OutputType or -OutputSchema.", "Say what the answer is to look like, for example -OutputSchema 'name, age int'.");
        }

        CheckOutput();
        AnswerSchema schema = OutputType is not null ? AnswerSchema.OfType(OutputType) : AnswerSchema.Of(OutputSchema!, _readsSchemaFile ? ReadFile : null);
        OutputFormat format = new(schema.Name, schema.Schema)
        {
            Mode = (SchemaMode)Enum.Parse(typeof(SchemaMode), SchemaMode, ignoreCase: true),
            RepairAttempts = RepairAttempt,
        };
        return new TypedOutput(schema, format, KeepCompletion, Merge, namesModel: Models.Length > 1);
    }

    private void CheckOutput()
    {
        if (OutputType is not null && OutputSchema is not null)
        {
            throw Failures.Invalid("-OutputType and -OutputSchema were given together.", "Leave out one of the two.");
        }

        if (Stream || Show)
        {
            throw Failures.Invalid($"-{(Stream ? "Stream" : "Show")} does not go with -OutputType or -OutputSchema: the object is there only when the answer is whole.", "Leave it out.");
        }

        if (N > 1)
        {
            throw Failures.Invalid($"-N is {N}; with -OutputType or -OutputSchema there is one answer.", "Leave out -N.");
        }

        if (IsBound(nameof(ResponseFormat)))
        {
            throw Failures.Invalid("-ResponseFormat does not go with -OutputType or -OutputSchema, which set it.", "Leave it out, or choose with -SchemaMode how the service is told.");
        }

        if (KeepCompletion && Merge)
        {
            throw Failures.Invalid("-KeepCompletion and -Merge were given together: the one emits the completion, the other the input.", "Leave out one of the two.");
        }

        if (Merge && ParameterSetName == AggregateSet)
        {
            throw Failures.Invalid("-Merge does not go with -Aggregate: there are many items and one answer.", "Leave out one of the two.");
        }

        if (RepairAttempt is < 0 or > 10)
        {
            throw Failures.Invalid($"-RepairAttempt is {RepairAttempt}; it must lie between 0 and 10.", "Give -RepairAttempt a value in that range, or leave it out for 0.");
        }
    }

    private string? ReadFile(string path)
    {
        string resolved = GetUnresolvedProviderPathFromPSPath(path);
        try
        {
            return File.Exists(resolved) ? TextFile.Read(resolved) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"-OutputSchema: '{resolved}' cannot be read: {exception.Message}", "Give -OutputSchema a schema, or the path of a small text file that you may read.", exception);
        }
    }
}
