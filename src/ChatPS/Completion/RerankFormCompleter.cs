using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Client.Rerank;

namespace ChatPS.Completion;

/// <summary>Completes <c>-Form</c> of commands that rank.</summary>
public sealed class RerankFormCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ArgumentCompletions.Matching(RerankService.Forms, wordToComplete);
}
