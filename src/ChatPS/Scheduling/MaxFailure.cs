using System.Globalization;
using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Scheduling;

/// <summary>How many items of a run may fail before it ends: a number, or a share of those that are finished.</summary>
internal sealed class MaxFailure
{
    /// <summary>No number: only failures that all items would meet end the run.</summary>
    public static readonly MaxFailure Default = new();

    private MaxFailure()
    {
    }

    /// <summary>Gets the failure that ends the run; null for no number.</summary>
    public int? Number { get; private init; }

    /// <summary>Gets the share that ends the run, above 0 and below 1; null for none.</summary>
    public double? Share { get; private init; }

    /// <summary>Gets whether no failure of an item ends the run.</summary>
    public bool IsNever { get; private init; }

    /// <summary>Reads what was given.</summary>
    /// <param name="given">A number, a share such as 0.2, or a text such as 20%.</param>
    /// <returns>The limit.</returns>
    /// <exception cref="ChatServiceException">It is none of them.</exception>
    public static MaxFailure Read(object? given)
    {
        object? bare = given is PSObject wrapped ? wrapped.BaseObject : given;
        string text = Convert.ToString(bare, CultureInfo.InvariantCulture)?.Trim() ?? "";
        bool isPercent = text.EndsWith("%", StringComparison.Ordinal);
        if (!double.TryParse(isPercent ? text.TrimEnd('%') : text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            throw Wrong(text);
        }

        return number switch
        {
            0 => new MaxFailure { IsNever = true },
            > 0 and < 100 when isPercent => new MaxFailure { Share = number / 100 },
            > 0 and < 1 when !isPercent => new MaxFailure { Share = number },
            >= 1 and <= int.MaxValue when !isPercent && number == Math.Floor(number) => new MaxFailure { Number = (int)number },
            _ => throw Wrong(text),
        };
    }

    /// <inheritdoc />
    public override string ToString() => Share is { } share ? FormattableString.Invariant($"{100 * share:0.##}%") : FormattableString.Invariant($"{Number}");

    private static ChatServiceException Wrong(string text) => Failures.Invalid(
        $"-MaxFailure is '{text}'; it takes a number of items, a share below 1, or a percentage.", "Give -MaxFailure a value such as 10, 0.2 or '20%', or 0 for a run that no failure ends.");
}
