using System.Globalization;

namespace ChatPS.Client.Faults;

/// <summary>Numbers in words.</summary>
public static class Counted
{
    /// <summary>Writes a number with what it counts.</summary>
    /// <param name="number">The number.</param>
    /// <param name="noun">What it counts, in the singular; an s makes the plural.</param>
    /// <returns>For example <c>1 text</c> or <c>2 texts</c>.</returns>
    public static string Of(long number, string noun) => number.ToString(CultureInfo.InvariantCulture) + " " + noun + (number == 1 ? "" : "s");

    /// <summary>Writes what something would cost, behind a comma.</summary>
    /// <param name="cost">The cost; null where it is not known.</param>
    /// <returns>The words, with all its digits; empty where it is not known.</returns>
    public static string Cost(decimal? cost) => cost is { } amount ? FormattableString.Invariant($", about {amount:0.00##########################} in cost") : "";
}
