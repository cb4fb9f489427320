namespace ChatPS.Client.Faults;

/// <summary>Finds what may have been meant by a name that does not exist. It looks at what is known, and asks nobody.</summary>
public static class NearestNames
{
    private const int MostNames = 3;
    private const int LongestName = 200;
    private const int LeastInCommon = 3;

    /// <summary>Asks whether one of the known names was meant.</summary>
    /// <param name="name">The name that does not exist.</param>
    /// <param name="known">The names that do.</param>
    /// <param name="more">What to do otherwise.</param>
    /// <returns>The question and what to do otherwise; that alone where no name is near.</returns>
    public static string Advise(string name, IEnumerable<string> known, string more) =>
        Find(name, known.Where(candidate => candidate != name)) is { Count: > 0 } near ? $"Did you mean {string.Join(" or ", near)}? {more}" : more;

    /// <summary>Finds names that differ in a few letters, or of which one holds the other.</summary>
    /// <param name="name">The name that does not exist.</param>
    /// <param name="known">The names that do.</param>
    /// <returns>The nearest, the nearest first.</returns>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > LongestName)
        {
            return [];
        }

        List<(string Name, int Distance)> near = [];
        foreach (string candidate in known)
        {
            if (candidate.Length is > 0 and <= LongestName)
            {
                int distance = Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant());
                if (distance <= Math.Max(2, name.Length / 3) || Holds(candidate, name) || Holds(name, candidate))
                {
                    near.Add((candidate, distance));
                }
            }
        }

        return [.. near.OrderBy(candidate => candidate.Distance).Take(MostNames).Select(candidate => candidate.Name)];
    }

    private static bool Holds(string whole, string part) => part.Length >= LeastInCommon && whole.Contains(part, StringComparison.OrdinalIgnoreCase);

    // How many letters must be put in, left out, changed or swapped with their neighbour to make one of the other.
    private static int Distance(string left, string right)
    {
        int[] before = new int[right.Length + 1];
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        for (int row = 1; row <= left.Length; row++)
        {
            int[] current = new int[right.Length + 1];
            current[0] = row;
            for (int column = 1; column <= right.Length; column++)
            {
                int changed = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(changed, Math.Min(previous[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    current[column] = Math.Min(current[column], before[column - 2] + 1);
                }
            }

            (before, previous) = (previous, current);
        }

        return previous[right.Length];
    }
}
