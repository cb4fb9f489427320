using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>A parameter of an action: what users call it, what the wire calls it, and what it takes.</summary>
/// <param name="Name">The name of the parameter, such as <c>AspectRatio</c>.</param>
/// <param name="Field">The field of the body, with dots between levels; empty where the family puts it in its place itself.</param>
/// <param name="Type">What kind of value it takes.</param>
/// <param name="Help">What it does, in one sentence.</param>
public sealed record ParameterDescription(string Name, string Field, ParameterType Type, string Help)
{
    /// <summary>The values to complete.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether no other values are taken.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The least number, or the fewest items; null for no limit.</summary>
    public double? Least { get; init; }

    /// <summary>The greatest number, or the most items; null for no limit.</summary>
    public double? Most { get; init; }

    /// <summary>Whether the action cannot do without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The parameter without which it means nothing; null for none.</summary>
    public string? Needs { get; init; }

    /// <summary>Whether the wire takes the number as text.</summary>
    public bool IsWrittenAsText { get; init; }

    /// <summary>Whether the text is an address that the service fetches.</summary>
    public bool IsAddress { get; init; }

    /// <summary>The forms that take it; empty for all.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>Tells whether a form takes it.</summary>
    /// <param name="form">The form.</param>
    /// <returns>Whether it does.</returns>
    internal bool IsOf(GenerationForm form) => Forms.Count == 0 || Forms.Contains(form.Name, StringComparer.Ordinal);

    /// <summary>Finds what cannot be sent.</summary>
    /// <param name="value">The value.</param>
    /// <param name="action">The name of the action.</param>
    /// <exception cref="ChatServiceException">It cannot be; it says why.</exception>
    internal void Check(object value, string action)
    {
        switch (value)
        {
            case string text when IsClosed && !Values.Contains(text, StringComparer.OrdinalIgnoreCase):
                throw Failures.Invalid($"-{Name} is '{ParameterRules.OnOneLine(text)}'.", $"Use {string.Join(", ", Values)}.");
            case string text when IsAddress:
                RequireAddress(text, Name);
                break;
            case not IReadOnlyDictionary<string, object?> when Type == ParameterType.Structure && !(TakesSeveral && value is IEnumerable<object?>):
                throw Failures.Invalid($"-{Name} is no structure.", $"Give -{Name} a hashtable: {Help}");
            case int or long or double or decimal when Least is not null || Most is not null:
                ParameterRules.Range(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture), Least ?? double.MinValue, Most ?? double.MaxValue, "-" + Name);
                break;
            case IReadOnlyCollection<object?> items when (Least is not null || Most is not null) && !(items.Count >= (Least ?? 0) && items.Count <= (Most ?? double.MaxValue)):
                throw Failures.Invalid(
                    FormattableString.Invariant($"-{Name} has {Counted.Of(items.Count, Type == ParameterType.Pictures ? "picture" : "item")}; {action} takes {Limits()}."),
                    Type == ParameterType.Pictures ? $"Give -{Name} as many, or pipe them as one item: , ($a, $b) | ..." : $"Give -{Name} as many.");
        }
    }

    /// <summary>Finds out whether a text is an address of the web.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <exception cref="ChatServiceException">It is none.</exception>
    internal static void RequireAddress(string text, string parameter)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw Failures.Invalid($"-{parameter} is '{Printable.Line(text, 100)}', which is no address of the web.", $"Give -{parameter} an address that begins with https://, which the service can reach.");
        }
    }

    // A structure that is limited in number is a list of them.
    private bool TakesSeveral => Least is not null;

    private string Limits() => (Least, Most) switch
    {
        ({ } least, { } most) => FormattableString.Invariant($"{least} to {most}"),
        ({ } least, _) => FormattableString.Invariant($"{least} or more"),
        _ => FormattableString.Invariant($"{Most} at most"),
    };
}
