using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Client.Connections;

namespace ChatPS.Completion;

/// <summary>Completes <c>-Identity</c>.</summary>
public sealed class IdentityCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ArgumentCompletions.Matching(IdentityOrigin.Sources, wordToComplete);
}
