using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Module;

namespace ChatPS.Completion;

/// <summary>Completes the names of models.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            string? connection = fakeBoundParameters["Connection"] as string;
            return ArgumentCompletions.Matching(ModuleState.ModelNames.Get(ModuleState.Connections.Find(connection, ModuleState.RunspaceId)), wordToComplete);
        }
        catch (ChatServiceException)
        {
            return [];
        }
    }
}
