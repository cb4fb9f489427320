using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Module;

namespace ChatPS.Completion;

/// <summary>Completes the names of connections.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        fakeBoundParameters.Contains("Saved") ? new ProfileCompleter().CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)
        : ArgumentCompletions.Matching(ModuleState.Connections.List(ModuleState.RunspaceId).Select(connection => connection.Name), wordToComplete);
}
