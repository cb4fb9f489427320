using System.Management.Automation;

namespace ChatPS;

internal static class Wildcards
{
    /// <summary>Names are compared without regard to case, and to the rules of the user's language: I is i, in Turkish, too.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>The pattern, ready to match.</returns>
    public static WildcardPattern Of(string pattern) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
}
