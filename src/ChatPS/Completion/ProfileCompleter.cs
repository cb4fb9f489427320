using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Module;

namespace ChatPS.Completion;

/// <summary>Completes the names of saved connections.</summary>
public sealed class ProfileCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return ArgumentCompletions.Matching(ModuleState.Profiles.Names, wordToComplete);
        }
        catch (ChatServiceException)
        {
            return [];
        }
    }
}
