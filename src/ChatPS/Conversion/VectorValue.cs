using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Similarity;

namespace ChatPS.Conversion;

/// <summary>What commands take for a vector: an embedding, or an array of numbers.</summary>
/// <param name="Numbers">Its numbers.</param>
/// <param name="Embedding">The embedding; null where it is an array.</param>
internal sealed record VectorValue(double[] Numbers, ChatEmbedding? Embedding)
{
    /// <summary>Gets the model that made it; null where that is not known.</summary>
    public string? Model => Embedding?.Model;

    /// <summary>Gets its numbers as a search compares them.</summary>
    public float[] Floats => Embedding?.Vector ?? Array.ConvertAll(Numbers, number => (float)number);

    /// <summary>Looks whether a value is a vector.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The vector; null if it is something else.</returns>
    /// <exception cref="ChatServiceException">It is one, but not all of it are numbers that can be compared.</exception>
    public static VectorValue? TryRead(object? value)
    {
        object? bare = Bare.Of(value);
        VectorValue? vector = bare switch
        {
            ChatEmbedding embedding => Of(embedding),
            PSObject gone when Deserialized.Is<ChatEmbedding>(gone) => Of(Deserialized.ToEmbedding(gone)),
            double[] numbers => new VectorValue(numbers, null),
            float[] numbers => new VectorValue(VectorMath.Widen(numbers), null),
            IList { Count: > 0 } list and not byte[] => OfList(list) is { } numbers ? new VectorValue(numbers, null) : null,
            _ => null,
        };
        if (vector is not null)
        {
            VectorMath.Check(vector.Numbers);
        }

        return vector;
    }

    /// <summary>Reads a vector.</summary>
    /// <param name="value">The value.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <param name="adviceForText">What to write in place of a text; null for what suits most.</param>
    /// <returns>The vector.</returns>
    /// <exception cref="ChatServiceException">It is none.</exception>
    public static VectorValue Read(object? value, string origin, string? adviceForText = null) => TryRead(value) ?? throw (Bare.Of(value) is string
        ? Failures.Invalid($"{origin}: a text is no vector.", adviceForText ?? "Get its vector first, with Get-ChatEmbedding.")
        : IsNumber(Bare.Of(value))
        ? Failures.Invalid($"{origin}: a single number is no vector. PowerShell takes arrays apart in a pipeline.", "Pipe the embedding itself, or write a comma before the array: , $vector | …")
        : Failures.Invalid($"{origin}: {(PlainObject.IsNull(value) ? "null" : $"a value of type {Bare.Of(value)!.GetType().Name}")} is no vector.", "Give what Get-ChatEmbedding emits, or an array of numbers."));

    private static VectorValue Of(ChatEmbedding embedding) => new(VectorMath.Widen(embedding.Vector), embedding);

    private static double[]? OfList(IList list)
    {
        double[] numbers = new double[list.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            object? item = Bare.Of(list[i]);
            if (!IsNumber(item))
            {
                return null;
            }

            numbers[i] = Convert.ToDouble(item, CultureInfo.InvariantCulture);
        }

        return numbers;
    }

    private static bool IsNumber(object? value) => value is double or float or decimal or int or long or short or sbyte or byte or uint or ulong or ushort;
}
