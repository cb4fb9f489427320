using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ChatPS.Completion;

/// <summary>Completes the names of properties of what is piped in, as far as it is there while typing: a variable, or a CSV file.</summary>
public sealed class PropertyCompleter : IArgumentCompleter
{
    private const string Sample = """
        param($Kind, $Name)
        $items = if ($Kind -eq 'Variable') { Get-Variable -Name $Name -ValueOnly -ErrorAction Ignore }
        else { Get-Content -LiteralPath $Name -TotalCount 2 -ErrorAction Ignore | ConvertFrom-Csv }
        $item = $items | Select-Object -First 1
        if ($item -is [Collections.IDictionary]) { $item.Keys } elseif ($null -ne $item) { $item.psobject.Properties.Name }
        """;

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (Before(commandAst) is not { } source)
        {
            return [];
        }

        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(Sample, useLocalScope: true).AddArgument(source.Kind).AddArgument(source.Name);
        return ArgumentCompletions.Matching(shell.Invoke<string>(), wordToComplete);
    }

    private static (string Kind, string Name)? Before(CommandAst command)
    {
        CommandBaseAst? source = PipelineSource.Of(command);
        return PipelineSource.Variable(source) is { } variable ? ("Variable", variable)
            : source is CommandAst import && import.GetCommandName() is { } name && name.EndsWith("Import-Csv", StringComparison.OrdinalIgnoreCase)
                && import.CommandElements.Skip(1).OfType<StringConstantExpressionAst>().FirstOrDefault() is { } path ? ("File", path.Value)
            : null;
    }
}
