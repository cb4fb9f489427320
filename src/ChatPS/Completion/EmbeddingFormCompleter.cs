using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Client.Embeddings;

namespace ChatPS.Completion;

/// <summary>Completes <c>-Form</c> of commands that get vectors.</summary>
public sealed class EmbeddingFormCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ArgumentCompletions.Matching(EmbeddingService.Forms, wordToComplete);
}
