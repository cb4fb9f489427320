using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;

namespace Refit;

/// <summary>The text of a value in a path, a query or a form.</summary>
internal static class ValueText
{
    private static readonly ConcurrentDictionary<Type, Dictionary<string, string>> MemberNames = new();

    public static string? Format(object? value, string? format) => value switch
    {
        null => null,
        string text => text,
        Enum member when GetMemberName(member) is { } name => name,
        IFormattable formattable => formattable.ToString(string.IsNullOrWhiteSpace(format) ? null : format, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string? GetMemberName(Enum member) =>
        MemberNames.GetOrAdd(member.GetType(), static type => ReadMemberNames(type)).TryGetValue(member.ToString(), out string? name) ? name : null;

    private static Dictionary<string, string> ReadMemberNames(Type type)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field.GetCustomAttribute<EnumMemberAttribute>()?.Value is { } name)
            {
                names.Add(field.Name, name);
            }
        }

        return names;
    }
}
