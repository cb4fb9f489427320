namespace ChatPS.Sandbox.Json;

/// <summary>Texts and numbers that a schema allows.</summary>
internal static class SchemaScalars
{
    private const int LongestText = 10_000;

    public static string Text(SchemaFacts facts)
    {
        string text = facts.Text("format") switch
        {
            "date-time" => "2024-01-01T00:00:00Z",
            "date" => "2024-01-01",
            "time" => "00:00:00Z",
            "duration" => "P1D",
            "email" => "user@example.com",
            "hostname" => "example.com",
            "ipv4" => "127.0.0.1",
            "ipv6" => "::1",
            "uuid" => "00000000-0000-4000-8000-000000000000",
            "uri" or "url" => "https://example.com/",
            _ => "",
        };
        if (text.Length > 0)
        {
            return text;
        }

        int minimum = (int)Math.Min(LongestText, facts.Bound("minLength", Math.Max) ?? 0);
        int maximum = (int)Math.Min(LongestText, facts.Bound("maxLength", Math.Min) ?? LongestText);
        text = "text".PadRight(minimum, 'x');
        return text.Length > maximum ? text.Substring(0, maximum) : text;
    }

    /// <summary>Finds the number nearest to zero within the bounds.</summary>
    public static bool TryNumber(SchemaFacts facts, bool isInteger, out object? value)
    {
        decimal? low = facts.Bound("minimum", Math.Max);
        decimal? high = facts.Bound("maximum", Math.Min);
        decimal? above = facts.Bound("exclusiveMinimum", Math.Max);
        decimal? below = facts.Bound("exclusiveMaximum", Math.Min);
        decimal? step = facts.Bound("multipleOf", Math.Max) is { } multiple and > 0 ? multiple : isInteger ? 1 : null;
        decimal? from = low >= above || above is null ? low : above;
        decimal? to = high <= below || below is null ? high : below;
        foreach (decimal candidate in Candidates(from, to, step))
        {
            bool isInside = !(candidate < low) && !(candidate > high) && !(candidate <= above) && !(candidate >= below);
            if (isInside && (!isInteger || candidate == Math.Floor(candidate)))
            {
                value = candidate;
                return true;
            }
        }

        value = null;
        return false;
    }

    private static IEnumerable<decimal> Candidates(decimal? from, decimal? to, decimal? step)
    {
        yield return 0;
        if (step is { } size)
        {
            // With integers and a broken step several multiples may be needed.
            decimal start = Math.Abs((from > 0 ? from : to) ?? 0) < 1e20m ? ((from > 0 ? from : to) ?? 0) / size : 0;
            decimal first = from > 0 ? Math.Ceiling(start) : Math.Floor(start);
            for (int i = 0; i < 100; i++)
            {
                yield return (from > 0 ? first + i : first - i) * size;
            }
        }
        else if (from is { } low && to is { } high)
        {
            yield return low;
            yield return high;
            yield return (low / 2) + (high / 2);
        }
        else
        {
            yield return from ?? to ?? 0;
            yield return from + 1 ?? to - 1 ?? 0;
        }
    }
}
