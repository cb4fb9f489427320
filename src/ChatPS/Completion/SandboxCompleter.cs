using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Module;

namespace ChatPS.Completion;

/// <summary>Completes the names of sandboxes.</summary>
public sealed class SandboxCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ArgumentCompletions.Matching(ModuleState.Sandboxes.Names, wordToComplete);
}
