namespace ChatPS.Client.Usage;

/// <summary>Numbers of tokens as services tell them. Some count down from nothing, and no answer has two thousand million.</summary>
internal static class TokenCount
{
    /// <summary>Reads a number.</summary>
    /// <param name="told">What was told; null for nothing.</param>
    /// <returns>The number; 0 where nothing proper was told.</returns>
    public static int Of(int? told) => told is > 0 ? told.Value : 0;

    /// <summary>Adds two numbers up.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <returns>The sum, as far as it can be told.</returns>
    public static int Sum(int one, int other) => (int)Math.Min((long)one + other, int.MaxValue);
}
