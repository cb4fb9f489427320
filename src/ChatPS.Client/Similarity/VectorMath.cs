using ChatPS.Client.Faults;

namespace ChatPS.Client.Similarity;

/// <summary>Measures two vectors against each other, in double precision: for the few that somebody looks at.</summary>
public static class VectorMath
{
    /// <summary>The longest vector that is taken. The square of what is longer leaves the range of a float.</summary>
    internal const double GreatestLength = 1e18;

    /// <summary>Measures two vectors.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other, with as many numbers.</param>
    /// <returns>The dot product, the distance, and the cosine, which is not a number where a vector has the length 0.</returns>
    public static (double Cosine, double DotProduct, double Euclidean) Measure(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        // What is very long or very short is measured at a size whose squares are numbers.
        double scale = Scale(one);
        double otherScale = Scale(other);
        double dot = 0;
        double length = 0;
        double otherLength = 0;
        double distance = 0;
        double common = Math.Max(scale, otherScale);
        for (int i = 0; i < one.Length; i++)
        {
            double a = one[i] / scale;
            double b = other[i] / otherScale;
            double difference = (one[i] / common) - (other[i] / common);
            dot += a * b;
            length += a * a;
            otherLength += b * b;
            distance += difference * difference;
        }

        double cosine = dot / Math.Sqrt(length) / Math.Sqrt(otherLength);
        return (Math.Max(-1, Math.Min(1, cosine)), dot * scale * otherScale, Math.Sqrt(distance) * common);
    }

    /// <summary>Finds what makes numbers no vector.</summary>
    /// <param name="vector">The numbers.</param>
    /// <exception cref="ChatServiceException">There are none, or one of them is not a number or infinite.</exception>
    public static void Check(ReadOnlySpan<double> vector)
    {
        if (vector.Length == 0)
        {
            throw Failures.Invalid("The vector is empty.", "Give at least one number.");
        }

        for (int i = 0; i < vector.Length; i++)
        {
            if (double.IsNaN(vector[i]) || double.IsInfinity(vector[i]))
            {
                throw Failures.Invalid(FormattableString.Invariant($"The vector has {vector[i]} at place {i}."), "Ask for the vector again; the service that made it may compute in too small numbers.");
            }
        }
    }

    /// <summary>Widens a vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <returns>Its numbers.</returns>
    public static double[] Widen(ReadOnlySpan<float> vector)
    {
        double[] wide = new double[vector.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = vector[i];
        }

        return wide;
    }

    /// <summary>The length of a vector that is stored or searched for.</summary>
    /// <param name="vector">The vector.</param>
    /// <returns>The length.</returns>
    /// <exception cref="ChatServiceException">It is no vector, or too long to be compared.</exception>
    internal static double Length(ReadOnlySpan<float> vector)
    {
        double squares = 0;
        foreach (float number in vector)
        {
            squares += (double)number * number;
        }

        double length = Math.Sqrt(squares);
        if (length <= GreatestLength && vector.Length > 0)
        {
            return length;
        }

        Check(Widen(vector));
        throw Failures.Invalid(FormattableString.Invariant($"The vector has the length {length:0.###e+0}; at most {GreatestLength:0e+0} can be compared."), "Ask for the vector again, or divide it by its length.");
    }

    /// <summary>Scores one vector for another as a search does.</summary>
    /// <param name="metric">How.</param>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <returns>The score; a cosine is 0 where a vector has the length 0.</returns>
    internal static double Score(VectorMetric metric, ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double dot = 0;
        double length = 0;
        double otherLength = 0;
        double distance = 0;
        for (int i = 0; i < one.Length; i++)
        {
            double a = one[i];
            double b = other[i];
            dot += a * b;
            length += a * a;
            otherLength += b * b;
            distance += (a - b) * (a - b);
        }

        return metric switch
        {
            VectorMetric.DotProduct => dot,
            VectorMetric.Euclidean => Math.Sqrt(distance),
            _ when length == 0 || otherLength == 0 => 0,
            _ => Math.Max(-1, Math.Min(1, dot / Math.Sqrt(length) / Math.Sqrt(otherLength))),
        };
    }

    private static double Scale(ReadOnlySpan<double> vector)
    {
        double greatest = 0;
        foreach (double number in vector)
        {
            greatest = Math.Max(greatest, Math.Abs(number));
        }

        return greatest is > 1e100 or (> 0 and < 1e-100) ? greatest : 1;
    }
}
