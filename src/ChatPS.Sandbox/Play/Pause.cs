using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatPS.Sandbox.Play;

/// <summary>How often an answer is to pause on its way: as often as the prompt says, such as <c>pause 2 times</c>.</summary>
internal static class Pause
{
    private static readonly Regex Wish = new(@"\bpause(?: (?<times>\d{1,2}) times)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Finds out how often.</summary>
    /// <param name="prompt">What the user said.</param>
    /// <returns>The number; 0 for not at all.</returns>
    public static int TimesIn(string prompt) => Wish.Match(prompt) is not { Success: true } wish ? 0
        : wish.Groups["times"] is { Success: true } times ? int.Parse(times.Value, CultureInfo.InvariantCulture) : 1;
}
