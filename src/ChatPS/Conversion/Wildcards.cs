using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

internal static class Wildcards
{
    /// <summary>Names are compared without regard to case, and to the rules of the user's language: I is i, in Turkish, too.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>The pattern, ready to match.</returns>
    /// <exception cref="ChatServiceException">It is no pattern.</exception>
    public static WildcardPattern Of(string pattern)
    {
        try
        {
            WildcardPattern wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            _ = wildcard.IsMatch("");
            return wildcard;
        }
        catch (WildcardPatternException exception)
        {
            throw Failures.Invalid($"'{pattern}' is not a wildcard pattern.", "Write * and ? for any text and any letter, [ab] for one of some; ` before [ takes it as it is.", exception);
        }
    }
}
