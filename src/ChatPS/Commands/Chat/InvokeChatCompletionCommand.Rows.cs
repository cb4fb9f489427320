using System.Management.Automation;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

// What is taken out of the rows of a table, and what lines of files are.
public sealed partial class InvokeChatCompletionCommand
{
    private FileLines? _lines;

    // Null for the item itself.
    private ItemText? _itemText;

    /// <summary>What is taken for the text of each item: the name of a property, or a script block.</summary>
    [Parameter(ParameterSetName = PromptSet, HelpMessage = "The property that is the text, or a script block.")]
    [Parameter(ParameterSetName = AggregateSet, HelpMessage = "The property that is the text, or a script block.")]
    [Runs]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Property { get; set; }

    /// <summary>The columns of each row that choose for it: Model, Connection.</summary>
    [Parameter(ParameterSetName = PromptSet, HelpMessage = "The columns of each row that choose for it: Model, Connection.")]
    [Parameter(ParameterSetName = PromptFileSet, HelpMessage = "The columns of each row that choose for it: Model, Connection.")]
    [Runs]
    [ValidateSet("Model", "Connection")]
    public string[] FromRow { get; set; } = [];

    private void CheckModels()
    {
        if (Models.Length > 1)
        {
            AskedModel.RefuseBeside(Session is not null ? nameof(Session) : AudioPath is not null ? nameof(AudioPath) : ConversationId is not null ? nameof(ConversationId) : TakesFromRow(nameof(Model)) ? nameof(FromRow) : null);
        }

        if (Aggregate && FromRow.Length > 0)
        {
            throw Failures.Invalid("-FromRow does not go with -Aggregate: there are many rows and one request.", "Leave out one of the two.");
        }
    }

    private bool TakesFromRow(string column) => Array.Exists(FromRow, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase));

    // An empty cell leaves it to the command.
    private string? FromRowOf(object? item, string column)
    {
        if (!TakesFromRow(column))
        {
            return null;
        }

        return ItemMember.TryRead(item, column, out object? value)
            ? PlainObject.Text(value).Trim() is { Length: > 0 } name ? name : null
            : throw Failures.Invalid($"-FromRow: the item has no '{column}'.", $"Pipe in rows with a column {column}, or leave {column} out of -FromRow.");
    }

    private bool IsSkipped(object? item)
    {
        _lines ??= new FileLines();
        bool isSkipped = _lines.Skips(item, out string? warning);
        if (warning is not null)
        {
            WriteWarning(warning);
        }

        return isSkipped;
    }

    private void TellSkippedLines()
    {
        if (_lines!.Blank > 0)
        {
            WriteVerbose(FormattableString.Invariant($"{_lines.Blank} blank lines were not sent."));
        }
    }
}
