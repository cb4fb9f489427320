using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Scheduling;

namespace ChatPS.Pipeline;

/// <summary>Finds things by names and wildcards, for cmdlets with a parameter <c>-Name</c>.</summary>
internal static class NameMatcher
{
    /// <summary>Matches names; one without a wildcard that matches nothing is an error.</summary>
    /// <param name="cmdlet">The cmdlet that reports the error.</param>
    /// <param name="wanted">Names and wildcards.</param>
    /// <param name="known">The names that there are.</param>
    /// <param name="thing">What they name, in words.</param>
    /// <param name="advice">What to do where one does not exist.</param>
    /// <returns>The names that match, in the order wanted.</returns>
    public static IEnumerable<string> Match(Cmdlet cmdlet, IEnumerable<string> wanted, IReadOnlyCollection<string> known, string thing, string advice)
    {
        List<string> matches = [];
        foreach (string name in wanted)
        {
            try
            {
                WildcardPattern pattern = Wildcards.Of(name);
                List<string> found = [.. known.Where(pattern.IsMatch)];
                if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                {
                    throw Failures.Invalid($"-Name: there is no {thing} '{name}'.", NearestNames.Advise(name, known, advice));
                }

                matches.AddRange(found);
            }
            catch (ChatServiceException failure)
            {
                cmdlet.WriteError(Errors.ToRecord(failure, name));
            }
        }

        return matches.Distinct(StringComparer.OrdinalIgnoreCase);
    }
}
