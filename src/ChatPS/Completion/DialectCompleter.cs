using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Client.Providers;

namespace ChatPS.Completion;

/// <summary>Completes <c>-Dialect</c>.</summary>
public sealed class DialectCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ArgumentCompletions.Matching(KnownDialects.All.Select(dialect => dialect.Name), wordToComplete);
}
