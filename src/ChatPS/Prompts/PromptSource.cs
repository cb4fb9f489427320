using ChatPS.Client.Faults;

namespace ChatPS.Prompts;

/// <summary>Where the text of a prompt comes from, for errors.</summary>
/// <param name="origin">The parameter and the file.</param>
internal sealed class PromptSource(string origin)
{
    public ChatServiceException Fail(int line, string message, string recommendedAction) =>
        Failures.Invalid(FormattableString.Invariant($"{origin}, line {line}: {message}"), recommendedAction);
}
