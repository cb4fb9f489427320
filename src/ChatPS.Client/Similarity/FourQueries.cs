using System.Numerics;
using System.Runtime.InteropServices;

namespace ChatPS.Client.Similarity;

/// <summary>Multiplies vectors with four queries at a time, and two vectors at a time: a number that was loaded is used as often as it can be.</summary>
internal static class FourQueries
{
    /// <summary>How many queries they are.</summary>
    public const int Count = 4;

    /// <summary>Multiplies.</summary>
    /// <param name="vectors">The vectors, one behind the other.</param>
    /// <param name="queries">The queries, each as long as a vector: a multiple of 16.</param>
    /// <param name="dots">Takes the dot products, those of each query behind each other.</param>
    public static void Dot(ReadOnlySpan<float> vectors, ReadOnlySpan<VectorQuery> queries, Span<float> dots)
    {
        int rows = dots.Length / Count;
        ReadOnlySpan<Vector<float>> all = MemoryMarshal.Cast<float, Vector<float>>(vectors);
        int stride = all.Length / rows;
        for (int row = 0; row < rows; row += 2)
        {
            // Of an odd number the last is taken twice.
            int other = Math.Min(row + 1, rows - 1);
            ReadAhead.Behind(vectors.Slice(row * (vectors.Length / rows), (other + 1 - row) * (vectors.Length / rows)));
            Dot(all.Slice(row * stride, stride), all.Slice(other * stride, stride), queries, dots, row, other);
        }
    }

    private static void Dot(ReadOnlySpan<Vector<float>> one, ReadOnlySpan<Vector<float>> other, ReadOnlySpan<VectorQuery> queries, Span<float> dots, int row, int otherRow)
    {
        ReadOnlySpan<Vector<float>> a = MemoryMarshal.Cast<float, Vector<float>>(queries[0].Padded);
        ReadOnlySpan<Vector<float>> b = MemoryMarshal.Cast<float, Vector<float>>(queries[1].Padded);
        ReadOnlySpan<Vector<float>> c = MemoryMarshal.Cast<float, Vector<float>>(queries[2].Padded);
        ReadOnlySpan<Vector<float>> d = MemoryMarshal.Cast<float, Vector<float>>(queries[3].Padded);
        Vector<float> oneA = Vector<float>.Zero, oneB = oneA, oneC = oneA, oneD = oneA, otherA = oneA, otherB = oneA, otherC = oneA, otherD = oneA;
        for (int i = 0; i < one.Length && i < other.Length && i < a.Length && i < b.Length && i < c.Length && i < d.Length; i++)
        {
            Vector<float> x = one[i];
            Vector<float> y = other[i];
            Vector<float> wanted = a[i];
            oneA += x * wanted;
            otherA += y * wanted;
            wanted = b[i];
            oneB += x * wanted;
            otherB += y * wanted;
            wanted = c[i];
            oneC += x * wanted;
            otherC += y * wanted;
            wanted = d[i];
            oneD += x * wanted;
            otherD += y * wanted;
        }

        int rows = dots.Length / Count;
        dots[row] = Sum(oneA);
        dots[otherRow] = Sum(otherA);
        dots[rows + row] = Sum(oneB);
        dots[rows + otherRow] = Sum(otherB);
        dots[(2 * rows) + row] = Sum(oneC);
        dots[(2 * rows) + otherRow] = Sum(otherC);
        dots[(3 * rows) + row] = Sum(oneD);
        dots[(3 * rows) + otherRow] = Sum(otherD);
    }

#if NET8_0_OR_GREATER
    private static float Sum(Vector<float> numbers) => Vector.Sum(numbers);
#else
    private static float Sum(Vector<float> numbers) => Vector.Dot(numbers, Vector<float>.One);
#endif
}
