using ChatPS.Client.Batches;
using ChatPS.Client.Checkpoints;

namespace ChatPS.Client.Tests.Batches;

/// <summary>Which of equal requests each one is.</summary>
public sealed class BatchKeysTests
{
    [Fact]
    public void Take_CountsEqualKeys_HoweverMany()
    {
        using BatchKeys keys = new();
        Dictionary<RequestKey, int> counts = [];
        Random random = new(14);
        for (int i = 0; i < 20_000; i++)
        {
            ulong low = (ulong)random.NextInt64(10_000) * 0x9E37_79B9_7F4A_7C15;
            RequestKey key = new(~low, low);
            counts[key] = counts.GetValueOrDefault(key) + 1;

            Assert.Equal(counts[key], keys.Take(key));
        }
    }

    [Fact]
    public void Digest_TellsOrderAndNumberOfKeys()
    {
        RequestKey one = new(1, 2);
        RequestKey other = new(3, 4);

        Assert.Equal(DigestOf(one, other), DigestOf(one, other));
        Assert.Equal(4, new[] { DigestOf(one, other), DigestOf(other, one), DigestOf(one), DigestOf(one, one) }.Distinct().Count());
    }

    private static string DigestOf(params RequestKey[] taken)
    {
        using BatchKeys keys = new();
        foreach (RequestKey key in taken)
        {
            keys.Take(key);
        }

        return keys.Digest();
    }
}
