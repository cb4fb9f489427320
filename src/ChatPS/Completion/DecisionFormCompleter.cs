using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Client.Decisions;

namespace ChatPS.Completion;

/// <summary>Completes <c>-Form</c> of commands that decide.</summary>
public sealed class DecisionFormCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ArgumentCompletions.Matching(DecisionService.Forms, wordToComplete);
}
