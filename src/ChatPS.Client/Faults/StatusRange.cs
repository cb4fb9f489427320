using System.Globalization;

namespace ChatPS.Client.Faults;

/// <summary>Statuses, from and to.</summary>
/// <param name="Least">The first.</param>
/// <param name="Most">The last.</param>
internal sealed record StatusRange(int Least, int Most)
{
    /// <summary>Reads ranges such as <c>0,400-403</c>.</summary>
    /// <param name="text">The ranges; empty for every status.</param>
    /// <returns>The ranges.</returns>
    public static StatusRange[] Parse(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        string[] parts = text.Split(',');
        StatusRange[] ranges = new StatusRange[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            string[] ends = parts[i].Split('-');
            ranges[i] = new StatusRange(int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[ends.Length - 1], CultureInfo.InvariantCulture));
        }

        return ranges;
    }

    /// <summary>Whether a status lies in it.</summary>
    /// <param name="status">The status.</param>
    /// <returns>Whether it does.</returns>
    public bool Holds(int status) => status >= Least && status <= Most;
}
