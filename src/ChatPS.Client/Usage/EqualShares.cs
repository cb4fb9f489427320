namespace ChatPS.Client.Usage;

/// <summary>Shares an amount among several, so that together they are the whole to the last digit.</summary>
internal static class EqualShares
{
    private const int MostDigits = 28;

    // A thousandth of the last digit of the whole still counts.
    private const int MoreDigits = 6;

    /// <summary>Shares an amount.</summary>
    /// <param name="amount">The amount; null where it is not known.</param>
    /// <param name="count">Among how many.</param>
    /// <returns>The shares, which differ in their last digit at most; null ones of what is not known.</returns>
    public static decimal?[] Of(decimal? amount, int count)
    {
        decimal?[] shares = new decimal?[count];
        if (amount is { } whole)
        {
            int digits = Math.Min(MostDigits, ((decimal.GetBits(whole)[3] >> 16) & 0xFF) + MoreDigits);
            decimal given = 0;
            for (int i = 0; i < count; i++)
            {
                decimal upTo = i == count - 1 ? whole : Math.Round(whole * (i + 1) / count, digits);
                shares[i] = upTo - given;
                given = upTo;
            }
        }

        return shares;
    }
}
