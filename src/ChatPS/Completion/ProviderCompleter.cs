using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ChatPS.Client.Providers;

namespace ChatPS.Completion;

/// <summary>Completes the names of providers.</summary>
public sealed class ProviderCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return ArgumentCompletions.Matching(ProviderCatalog.Read().Select(provider => provider.Name), wordToComplete);
        }
        catch (ChatServiceException)
        {
            return [];
        }
    }
}
