using System.Collections;
using System.Management.Automation;
using System.Text;
using ChatPS.Typed;

namespace ChatPS.Tools;

/// <summary>How a parameter's type looks in JSON, and how its values are made from what a model writes.</summary>
internal static class ToolValue
{
    private static readonly Type[] Tables = [typeof(Hashtable), typeof(IDictionary), typeof(System.Collections.Specialized.IOrderedDictionary)];
    private static readonly Type[] Loose = [typeof(object), typeof(PSObject)];
    private static readonly Type[] LooseLists = [typeof(IEnumerable), typeof(ICollection), typeof(IList), typeof(ArrayList), typeof(Array)];

    /// <summary>Why no model can give a value of a type.</summary>
    /// <param name="declared">The type.</param>
    /// <returns>The reason in words; null if one can.</returns>
    public static string? Problem(Type declared)
    {
        Type type = Bare(declared);
        return type.Name is "SecureString" or "PSCredential" or "NetworkCredential" ? "it holds a secret"
            : type == typeof(ScriptBlock) || typeof(Delegate).IsAssignableFrom(type) ? "it holds code"
            : ItemOf(type) is { } item ? Problem(item)
            : IsScalar(type) || type.IsEnum || IsTable(type) || Array.IndexOf(Loose, type) >= 0 || IsScriptClass(type) || IsWrittenAsText(type) ? null
            : $"a value of type {type.Name} cannot be told in JSON";
    }

    /// <summary>Makes the schema of a type that has no <see cref="Problem"/>.</summary>
    /// <param name="declared">The type.</param>
    /// <returns>A schema of its own, to add to.</returns>
    public static Dictionary<string, object?> Schema(Type declared)
    {
        Type type = Bare(declared);
        if (Scalar.Of(type) is { } scalar)
        {
            Dictionary<string, object?> schema = scalar.Schema();
            if (type == typeof(int))
            {
                // Nobody counts that far, and it is read anew with every request.
                schema.Remove("minimum");
                schema.Remove("maximum");
            }

            return schema;
        }

        if (type.IsEnum)
        {
            Dictionary<string, object?> name = SchemaParts.Of("string", ("enum", Enum.GetNames(type).ToList<object?>()));
            return IsFlags(type) ? SchemaParts.List(name) : name;
        }

        return ItemOf(type) is { } item ? SchemaParts.List(Schema(item))
            : IsTable(type) ? SchemaParts.Of("object")
            : Array.IndexOf(Loose, type) >= 0 ? SchemaParts.Any(SchemaParts.Of("string"), SchemaParts.Of("number"), SchemaParts.Of("boolean"))
            : IsScriptClass(type) ? TypeSchema.Of(type, wrapper: null)
            : SchemaParts.Of("string");
    }

    /// <summary>Makes a value of a type.</summary>
    /// <param name="value">The plain value, which fits the schema.</param>
    /// <param name="declared">The type.</param>
    /// <param name="path">Where the value stands, as a JSON pointer.</param>
    /// <returns>The value, or what PowerShell will make it of.</returns>
    /// <exception cref="ChatServiceException">It is no value of the type.</exception>
    public static object? Convert(object? value, Type declared, string path)
    {
        Type type = Bare(declared);
        return value switch
        {
            null => null,
            _ when IsScalar(type) || IsScriptClass(type) => TypedAnswer.Convert(value, type, path),
            List<object?> names when type.IsEnum => string.Join(", ", names),
            List<object?> items => items.Select((item, index) => Convert(item, ItemOf(type) ?? typeof(object), FormattableString.Invariant($"{path}/{index}"))).ToArray(),
            Dictionary<string, object?> members => Table(members, path),
            _ => value,
        };
    }

    /// <summary>Whether a type takes several values.</summary>
    /// <param name="declared">The type.</param>
    /// <returns>Whether its schema is an array.</returns>
    public static bool IsList(Type declared) => Bare(declared) is var type && (ItemOf(type) is not null || (type.IsEnum && IsFlags(type)));

    private static Hashtable Table(Dictionary<string, object?> members, string path)
    {
        Hashtable table = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, object?> member in members)
        {
            table[member.Key] = Convert(member.Value, typeof(object), $"{path}/{member.Key}");
        }

        return table;
    }

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsScalar(Type type) => Scalar.Of(type) is not null;

    private static bool IsFlags(Type type) => type.IsDefined(typeof(FlagsAttribute), inherit: false);

    private static bool IsTable(Type type) => Array.Exists(Tables, table => table == type) || (typeof(IDictionary).IsAssignableFrom(type) && type.Name == "OrderedDictionary");

    // A class that was written in PowerShell was written for its values to be filled in.
    private static bool IsScriptClass(Type type) => type.IsClass && type.Assembly.IsDynamic;

    // PowerShell makes these of a text by itself.
    private static bool IsWrittenAsText(Type type) => type == typeof(Encoding) || (
        !type.IsAbstract && !type.ContainsGenericParameters && type != typeof(Type)
        && !typeof(Stream).IsAssignableFrom(type) && !typeof(Exception).IsAssignableFrom(type) && !typeof(Attribute).IsAssignableFrom(type)
        && (type.GetConstructor([typeof(string)]) is not null || type.GetMethod("Parse", [typeof(string)]) is { IsStatic: true }));

    private static Type? ItemOf(Type type)
    {
        if (type.IsArray)
        {
            return IsScalar(type) ? null : type.GetElementType();
        }

        if (Array.IndexOf(LooseLists, type) >= 0)
        {
            return typeof(object);
        }

        return type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableFrom(typeof(List<>).MakeGenericType(item)) && type != typeof(object) ? item : null;
    }
}
