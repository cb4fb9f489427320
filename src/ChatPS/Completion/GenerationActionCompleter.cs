using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Client.Generations;

namespace ChatPS.Completion;

/// <summary>Completes <c>-Action</c> of Invoke-ChatGenerationAction with what the tasks themselves offer, where they are there while typing; else with all that is known.</summary>
public sealed class GenerationActionCompleter : IArgumentCompleter
{
    private const string Offered = """
        param($Tasks, $Name)
        if ($Name) { $Tasks = Get-Variable -Name $Name -ValueOnly -ErrorAction Ignore }
        foreach ($task in $Tasks) {
            if ($task.psobject.Properties['Actions'] -and $task.psobject.Properties['Service']) {
                [pscustomobject]@{ Service = [string]$task.Service; Actions = [string[]]@(foreach ($action in $task.Actions) { $action.Name }) }
            }
        }
        """;

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Collection<PSObject> tasks = Tasks(commandAst, fakeBoundParameters);
        string[] offered = [.. tasks.SelectMany(task => (string[])task.Properties["Actions"].Value)];
        string?[] services = tasks.Count == 0 ? [fakeBoundParameters["Service"] as string] : [.. tasks.Select(task => (string)task.Properties["Service"].Value).Distinct(StringComparer.OrdinalIgnoreCase)];

        // Besides its buttons, which are those of the task alone, a family has what it does with any task.
        string[] known = [.. services.SelectMany(service => offered.Length == 0 || service is null
            ? GenerationCatalog.FollowUpNames(service)
            : GenerationCatalog.ActionsOf(service).Where(action => action.IsFollowUp && action.Names.Count == 0).Select(action => action.Name))];
        return ArgumentCompletions.Matching(offered.Concat(known).Distinct(StringComparer.OrdinalIgnoreCase).Select(name => (name, GenerationCatalog.FollowUps(name)[0].Help)), wordToComplete);
    }

    private static Collection<PSObject> Tasks(CommandAst command, IDictionary bound)
    {
        string? variable = bound.Contains("InputObject") ? null : PipelineSource.Variable(PipelineSource.Of(command));
        if (variable is null && bound["InputObject"] is null)
        {
            return [];
        }

        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(Offered, useLocalScope: true).AddArgument(bound["InputObject"]).AddArgument(variable);
        return shell.Invoke();
    }
}
