using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandboxes;

/// <summary>Reads what users give to <c>-Limit</c> of Start-ChatSandbox: the names are those of <see cref="SandboxLimits"/>.</summary>
internal static class SandboxLimitReader
{
    /// <summary>Reads limits.</summary>
    /// <param name="given">Names and numbers; null for none.</param>
    /// <returns>The limits.</returns>
    /// <exception cref="ChatServiceException">A name is not known, or a value is no positive number.</exception>
    public static SandboxLimits Read(IDictionary? given)
    {
        PropertyInfo[] known = typeof(SandboxLimits).GetProperties();
        SandboxLimits limits = new();
        foreach (DictionaryEntry entry in given ?? new Hashtable())
        {
            string name = PlainObject.Text(entry.Key);
            PropertyInfo limit = Array.Find(known, property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw Failures.Invalid($"-Limit: there is no '{name}'.", $"Use {string.Join(", ", known.Select(static property => property.Name))}.");
            limit.SetValue(limits, Value(limit, Bare.Of(entry.Value)));
        }

        return limits;
    }

    private static object Value(PropertyInfo limit, object? value)
    {
        Type type = Nullable.GetUnderlyingType(limit.PropertyType) ?? limit.PropertyType;
        if (type == typeof(TimeSpan))
        {
            return value is TimeSpan time && time > TimeSpan.Zero ? time
                : LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1_000_000_000 ? TimeSpan.FromSeconds(seconds)
                : throw Wrong(limit, value, "a time span, or a number of seconds above 0");
        }

        return LanguagePrimitives.TryConvertTo(value, type, CultureInfo.InvariantCulture, out object number) && Convert.ToDouble(number, CultureInfo.InvariantCulture) > 0
            ? number
            : throw Wrong(limit, value, "a whole number above 0");
    }

    private static ChatServiceException Wrong(PropertyInfo limit, object? value, string expected) =>
        Failures.Invalid($"-Limit: {limit.Name} is '{PlainObject.Text(value)}'.", $"Give {expected}.");
}
