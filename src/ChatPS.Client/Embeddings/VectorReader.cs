using ChatPS.Api.Embeddings;
using ChatPS.Api.Errors;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Embeddings;

/// <summary>Puts the vectors of an answer in the order of the texts, and finds what is wrong with them.</summary>
internal static class VectorReader
{
    private const int LongestIndex = 40;

    /// <summary>Reads the vectors.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="count">How many texts were sent.</param>
    /// <returns>One vector for each text, all of the same length.</returns>
    /// <exception cref="WireFormatException">They do not fit the texts, or cannot be compared.</exception>
    public static float[][] Read(EmbeddingsResponse response, int count)
    {
        IReadOnlyList<WireVector> given = response.Data ?? response.Embeddings ?? response.Embedding ?? throw Wrong("The answer holds no vectors.");
        if (given.Count != count)
        {
            throw Wrong(FormattableString.Invariant($"The answer has {given.Count} vectors for {count} {(count == 1 ? "text" : "texts")}."));
        }

        // Those that say where they belong need not come in order.
        bool saysPlace = given.Any(vector => vector.Index is not null);
        float[]?[] vectors = new float[]?[count];
        for (int place = 0; place < count; place++)
        {
            int index = saysPlace ? given[place].Index ?? -1 : place;
            if (index < 0 || index >= count || vectors[index] is not null)
            {
                throw Wrong(index >= 0 && index < count
                    ? FormattableString.Invariant($"The answer holds two vectors of the text {index}.")
                    : FormattableString.Invariant($"The answer holds a vector that belongs to no text (index {Printable.Line(given[place].Said ?? (index < 0 ? "missing" : $"{index}"), LongestIndex)} of {count} texts)."));
            }

            vectors[index] = Check(given[place].Values);
        }

        return vectors!;

        float[] Check(float[] vector) =>
            vector.Length == 0 ? throw Wrong("The answer holds a vector without numbers.")
            : vector.Length != given[0].Values.Length ? throw Wrong(FormattableString.Invariant($"The answer holds vectors of different lengths, {given[0].Values.Length} and {vector.Length}."))
            : Array.Exists(vector, static number => float.IsNaN(number) || float.IsInfinity(number)) ? throw Wrong("The answer holds a vector with something that is no number (NaN or infinite).")
            : vector;

        WireFormatException Wrong(string what) => new(what, response.Raw);
    }
}
