using System.Globalization;
using System.Text;
using ChatPS.Client.Checkpoints;

namespace ChatPS.Client.Batches;

/// <summary>
/// The id of a request in a batch, such as <c>k3f9a2c1-17-0123456789abcdef0123456789abcdef</c>. Whoever has a result knows from it
/// alone which batch and which place it belongs to, and which place in a checkpoint it has.
/// </summary>
/// <param name="Batch">The id of the batch: letters and digits, 8 of them.</param>
/// <param name="Number">The number of the request in the batch, from 1.</param>
/// <param name="Key">What was asked.</param>
/// <param name="Occurrence">Which of the identical requests it is, from 1.</param>
internal readonly record struct BatchRequestId(string Batch, int Number, RequestKey Key, int Occurrence)
{
    /// <summary>Reads an id.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id.</param>
    /// <returns>Whether it is one of ours.</returns>
    public static bool TryParse(string? text, out BatchRequestId id)
    {
        id = default;
        string[] parts = text?.Split('-') ?? [];
        if (parts.Length is not (3 or 4) || parts[0].Length == 0
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1
            || !RequestKey.TryParse(Encoding.ASCII.GetBytes(parts[2]), out RequestKey key))
        {
            return false;
        }

        int occurrence = 1;
        if (parts.Length == 4 && (!int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out occurrence) || occurrence < 2))
        {
            return false;
        }

        id = new BatchRequestId(parts[0], number, key, occurrence);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() =>
        FormattableString.Invariant($"{Batch}-{Number}-{Key}") + (Occurrence > 1 ? FormattableString.Invariant($"-{Occurrence}") : "");
}
