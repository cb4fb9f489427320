namespace ChatPS.Sandbox.Play;

/// <summary>
/// The vector of a text, of length 1: the same for the same text in every process, and near to those of texts that share its words, or
/// parts of them.
/// </summary>
internal static class TextVector
{
    private const uint Start = 2166136261;
    private const uint Prime = 16777619;
    private const float WordWeight = 2;
    private const int PartLength = 3;

    public static float[] Of(string text, int dimension)
    {
        float[] vector = new float[dimension];
        string lower = text.ToLowerInvariant();
        for (int start = 0; start < lower.Length;)
        {
            int end = start;
            while (end < lower.Length && char.IsLetterOrDigit(lower[end]))
            {
                end++;
            }

            if (end > start)
            {
                AddWord(vector, lower, start, end);
            }

            start = end + 1;
        }

        if (Array.TrueForAll(vector, static number => number == 0))
        {
            Add(vector, lower, 0, lower.Length, 1);
        }

        double length = Math.Sqrt(vector.Sum(static number => (double)number * number));
        return Array.ConvertAll(vector, number => (float)(number / length));
    }

    private static void AddWord(float[] vector, string text, int start, int end)
    {
        Add(vector, text, start, end, WordWeight);
        for (int part = start; part + PartLength <= end; part++)
        {
            Add(vector, text, part, part + PartLength, 1);
        }
    }

    // FNV-1a, whose last bit decides the sign, so that what falls on the same number by chance cancels out.
    private static void Add(float[] vector, string text, int start, int end, float weight)
    {
        uint hash = unchecked(Start ^ (uint)(end - start));
        for (int i = start; i < end; i++)
        {
            hash = unchecked((hash ^ text[i]) * Prime);
        }

        hash ^= hash >> 15;
        vector[(hash >> 1) % (uint)vector.Length] += (hash & 1) == 0 ? weight : -weight;
    }
}
