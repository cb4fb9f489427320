using System.Runtime.InteropServices;

namespace ChatPS.Client.Similarity;

/// <summary>
/// Tells whether bytes are those that were written, about as fast as memory gives them. Each step can be undone, so that no single
/// change goes unnoticed. It guards against accidents, not against people.
/// </summary>
internal static class BlockChecksum
{
    private const ulong Prime = 0x9E3779B185EBCA87;
    private const ulong Other = 0xC2B2AE3D27D4EB4F;

    /// <summary>Computes it.</summary>
    /// <param name="bytes">The bytes: a multiple of 8.</param>
    /// <param name="seed">What they belong to.</param>
    /// <returns>The checksum, which is not 0.</returns>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        ulong a = seed + Prime;
        ulong b = seed ^ Other;
        ulong c = seed;
        ulong d = seed - Prime;
        int i = 0;

        // Four at a time: a processor multiplies several at once if none waits for another.
        for (; i <= words.Length - 4; i += 4)
        {
            a = Step(a, words[i]);
            b = Step(b, words[i + 1]);
            c = Step(c, words[i + 2]);
            d = Step(d, words[i + 3]);
        }

        for (; i < words.Length; i++)
        {
            a = Step(a, words[i]);
        }

        ulong sum = Step(Step(Step(Step((ulong)bytes.Length, a), b), c), d);
        sum ^= sum >> 32;
        return sum == 0 ? 1 : sum;
    }

    private static ulong Step(ulong sum, ulong word)
    {
        sum = (sum ^ word) * Prime;
        return (sum << 29) | (sum >> 35);
    }
}
