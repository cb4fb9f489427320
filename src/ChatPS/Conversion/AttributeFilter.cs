using System.Collections;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Which files a search takes, by their attributes.</summary>
internal static class AttributeFilter
{
    /// <summary>Reads a filter.</summary>
    /// <param name="filter">A filter of the service; or attributes, which stand for files that have all of them.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    /// <returns>The filter as the service takes it.</returns>
    /// <exception cref="ChatServiceException">It is none.</exception>
    public static IReadOnlyDictionary<string, object?> Of(IDictionary filter, string parameter)
    {
        IReadOnlyDictionary<string, object?> members = PlainObject.FromDictionary(filter, parameter);
        if (members.ContainsKey("type") && (members.ContainsKey("key") || members.ContainsKey("filters")))
        {
            return members;
        }

        IReadOnlyDictionary<string, object?>[] parts = [.. members.Select(member => Equal(member.Key, member.Value, parameter))];
        return parts.Length switch
        {
            0 => throw Failures.Invalid($"{parameter} is empty.", $"Leave {parameter} out, or give attributes and their values: @{{ team = 'ops' }}."),
            1 => parts[0],
            _ => new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "and", ["filters"] = parts },
        };
    }

    private static Dictionary<string, object?> Equal(string name, object? value, string parameter) => value is null or IReadOnlyDictionary<string, object?> or (IEnumerable and not string)
        ? throw Failures.Invalid($"{parameter}: the value of '{name}' is no text, number or boolean.", "Other comparisons are written as @{ type = 'in'; key = 'team'; value = @('ops', 'dev') }.")
        : new(StringComparer.Ordinal) { ["type"] = "eq", ["key"] = name, ["value"] = value };
}
