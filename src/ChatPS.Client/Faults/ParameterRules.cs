namespace ChatPS.Client.Faults;

/// <summary>Limits that are the same at every service.</summary>
internal static class ParameterRules
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(7);

    public static void Timeout(TimeSpan? timeout)
    {
        if (timeout is { } limit && (limit <= TimeSpan.Zero || limit > LongestTimeout))
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"-TimeoutSec is {limit.TotalSeconds}; it must be above 0 and at most {LongestTimeout.TotalSeconds} (a week)."), "Give -TimeoutSec a number of seconds.");
        }
    }

    public static void Range(double? value, double least, double most, string parameter)
    {
        if (value is { } number && !(number >= least && number <= most))
        {
            throw Failures.Invalid(FormattableString.Invariant($"{parameter} is {number}; it must lie between {least} and {most}."), $"Give {parameter} a value in that range, or leave it out.");
        }
    }

    public static void AtLeast(int? value, int least, string parameter)
    {
        if (value < least)
        {
            throw Failures.Invalid(FormattableString.Invariant($"{parameter} is {value}; it must be {least} or more."), $"Give {parameter} a larger value, or leave it out.");
        }
    }

    public static void AtMost(int? count, int most, string parameter, string things)
    {
        if (count > most)
        {
            throw Failures.Invalid(FormattableString.Invariant($"{parameter} has {count} {things}; a request takes at most {most}."), $"Give {parameter} fewer {things}.");
        }
    }

    /// <summary>Finds what cannot be one segment of a path. Everything else is escaped, so that it stays one.</summary>
    /// <param name="value">An id, or the name of a model.</param>
    /// <param name="parameter">What it was given to.</param>
    /// <exception cref="ChatServiceException">It would call another address.</exception>
    public static void PathSegment(string value, string parameter)
    {
        if (string.IsNullOrWhiteSpace(value) || value is "." or ".." || value.Any(char.IsControl))
        {
            throw Failures.Invalid($"{parameter}: '{OnOneLine(value)}' cannot be part of an address.", $"Give {parameter} an id as the service writes it.");
        }
    }

    /// <summary>Makes text fit for a message: no line breaks, nothing that a terminal obeys.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with ? for each control character.</returns>
    public static string OnOneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);

    public static void Metadata(IReadOnlyDictionary<string, string>? metadata, string name = "-Metadata")
    {
        AtMost(metadata?.Count, 16, name, "entries");
        foreach (KeyValuePair<string, string> note in metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (note.Key.Length is 0 or > 64 || note.Value.Length > 512)
            {
                throw Failures.Invalid(
                    FormattableString.Invariant($"{name}: the entry '{note.Key}' has a name of {note.Key.Length} and a value of {note.Value.Length} characters; a name takes 1 to 64, a value at most 512."),
                    $"Give {name} shorter names and values.");
            }
        }
    }

    public static void Biases(IReadOnlyDictionary<string, int>? biases)
    {
        foreach (KeyValuePair<string, int> bias in biases ?? new Dictionary<string, int>(StringComparer.Ordinal))
        {
            if (bias.Key.Length == 0 || bias.Key.Any(c => c is < '0' or > '9'))
            {
                throw Failures.Invalid($"-LogitBias: '{bias.Key}' is not the number of a token.", "Give token numbers and biases, for example @{ 50256 = -100 }.");
            }

            Range(bias.Value, -100, 100, $"-LogitBias for token {bias.Key}");
        }
    }
}
