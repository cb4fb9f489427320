using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Client.Generations;
using ChatPS.Module;

namespace ChatPS.Completion;

/// <summary>Completes <c>-Service</c> of long generations.</summary>
public sealed class GenerationServiceCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ArgumentCompletions.Matching(GenerationCatalog.Services.Select(service => (service, GenerationCatalog.ActionsOf(service)[0].Help)), wordToComplete);
}

/// <summary>Completes <c>-Action</c> of Start-ChatGeneration with what the family can be asked.</summary>
public sealed class GenerationStartCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ArgumentCompletions.Matching(GenerationCatalog.ActionsOf(fakeBoundParameters["Service"] as string ?? "").Where(action => !action.IsFollowUp).Select(action => (action.Name, action.Help)), wordToComplete);
}

/// <summary>Completes <c>-Form</c> of long generations.</summary>
public sealed class GenerationFormCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ArgumentCompletions.Matching(GenerationCatalog.FormsOf(fakeBoundParameters["Service"] as string ?? ""), wordToComplete);
}

/// <summary>Completes <c>-Id</c> of long generations with what was handed in, the newest first.</summary>
public sealed class GenerationIdCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string? connection = fakeBoundParameters["Connection"] as string;
        string? service = fakeBoundParameters["Service"] as string;
        return ArgumentCompletions.Matching(
            ModuleState.Generations.Read(connection: null)
                .Where(task => (connection is null || connection.Equals(task.Connection, StringComparison.OrdinalIgnoreCase)) && (service is null || service.Equals(task.Service, StringComparison.OrdinalIgnoreCase)))
                .Select(task => task.Id)
                .Distinct(StringComparer.Ordinal),
            wordToComplete);
    }
}

/// <summary>Completes the values of parameters that a family's actions have of their own.</summary>
public sealed class GenerationValueCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string[] actions = fakeBoundParameters["Action"] switch
        {
            string one => [one],
            IEnumerable several => [.. several.OfType<string>()],
            _ => [],
        };
        IReadOnlyList<ActionDescription> known = fakeBoundParameters["Service"] is string service ? GenerationCatalog.ActionsOf(service) : GenerationCatalog.FollowUps();
        return ArgumentCompletions.Matching(
            known.Where(described => actions.Length == 0 || actions.Contains(described.Name, StringComparer.OrdinalIgnoreCase))
                .SelectMany(described => described.Parameters)
                .Where(parameter => parameter.Name.Equals(parameterName, StringComparison.OrdinalIgnoreCase))
                .SelectMany(parameter => parameter.Values)
                .Distinct(StringComparer.OrdinalIgnoreCase),
            wordToComplete);
    }
}
