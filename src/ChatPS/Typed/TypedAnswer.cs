using System.Collections;
using System.Globalization;
using System.Reflection;
using ChatPS.Client.Faults;

namespace ChatPS.Typed;

/// <summary>Builds the object that was asked for from plain dictionaries, lists and values.</summary>
internal static class TypedAnswer
{
    /// <summary>Builds a value of a type.</summary>
    /// <param name="value">The plain value.</param>
    /// <param name="declared">The type; a nullable one takes null.</param>
    /// <param name="path">Where the value stands, as a JSON pointer.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ChatServiceException">The value does not fit the type, or the type refuses it.</exception>
    public static object? Convert(object? value, Type declared, string path)
    {
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (value is null)
        {
            return declared.IsValueType && type == declared ? throw Unfit("nothing (null) stands where a value of type " + type.Name + " is needed", path) : null;
        }

        TypeContract contract = TypeContract.Of(type, path);
        return contract.Form switch
        {
            TypeForm.Scalar => contract.Scalar!.Read(value) ?? throw Unfit($"{Show(value)} is not {contract.Scalar.Kind}", path),
            TypeForm.Names => Names(contract, value, path),
            TypeForm.List => ListMaker.Make(type, contract.Item!, Items(value, contract.Item!, path)),
            TypeForm.Map => Map(contract, value, path),
            TypeForm.Object => Object(contract, value, path),
            _ => value is List<object?> items ? items.ToArray() : value,
        };
    }

    private static List<object?> Items(object value, Type item, string path) =>
        [.. List(value, path).Select((part, index) => Convert(part, item, FormattableString.Invariant($"{path}/{index}")))];

    private static List<object?> List(object value, string path) => value as List<object?> ?? throw Unfit($"{Show(value)} is not a list", path);

    private static Dictionary<string, object?> Members(object value, string path) =>
        value as Dictionary<string, object?> ?? throw Unfit($"{Show(value)} is not an object", path);

    private static object Names(TypeContract contract, object value, string path)
    {
        if (!contract.IsFlags)
        {
            return Name(contract, value, path);
        }

        ulong flags = List(value, path).Aggregate(0UL, (sum, part) => sum | Bits(Name(contract, part, path)));
        return Enum.ToObject(contract.Type, flags);
    }

    private static ulong Bits(object flag) => Enum.GetUnderlyingType(flag.GetType()) == typeof(ulong)
        ? System.Convert.ToUInt64(flag, CultureInfo.InvariantCulture)
        : unchecked((ulong)System.Convert.ToInt64(flag, CultureInfo.InvariantCulture));

    private static object Name(TypeContract contract, object? value, string path) =>
        value is string name && contract.Names.TryGetValue(name, out object? known)
            ? known
            : throw Unfit($"{Show(value)} is not one of {string.Join(", ", contract.Names.Keys)}", path);

    private static IDictionary Map(TypeContract contract, object value, string path)
    {
        IDictionary map = NewMap(contract);
        int index = 0;
        foreach (object? entry in List(value, path))
        {
            string own = FormattableString.Invariant($"{path}/{index++}");
            Dictionary<string, object?> pair = Members(entry ?? "null", own);
            object? key = pair.TryGetValue("key", out object? found) ? Convert(found, contract.Key!, own + "/key") : null;
            map[key ?? throw Unfit("the entry has no key", own)] = Convert(pair.TryGetValue("value", out object? part) ? part : null, contract.Item!, own + "/value");
        }

        return map;
    }

    // PowerShell looks keys up without regard to case in its own hashtables.
    private static IDictionary NewMap(TypeContract contract)
    {
        Type type = contract.Type;
        Type usual = typeof(Dictionary<,>).MakeGenericType(contract.Key!, contract.Item!);
        return type == typeof(Hashtable) ? new Hashtable(StringComparer.OrdinalIgnoreCase)
            : type.IsAssignableFrom(typeof(System.Collections.Specialized.OrderedDictionary)) ? new System.Collections.Specialized.OrderedDictionary(StringComparer.OrdinalIgnoreCase)
            : (IDictionary)Activator.CreateInstance(type.IsAssignableFrom(usual) ? usual : type)!;
    }

    private static object Object(TypeContract contract, object value, string path)
    {
        Dictionary<string, object?> members = Members(value, path);
        object? made = Build(contract, members, path);
        foreach (MemberContract member in contract.Members.Where(member => member.Parameter is null))
        {
            if (members.TryGetValue(member.Name, out object? part))
            {
                object? converted = Convert(part, member.Property.PropertyType, $"{path}/{member.Name}");
                Guard(() => member.Property.SetValue(made, converted, null), $"{path}/{member.Name}", $"{contract.Type.Name}.{member.Property.Name}");
            }
        }

        return made;
    }

    private static object Build(TypeContract contract, Dictionary<string, object?> members, string path)
    {
        object?[]? arguments = contract.Constructor is null ? null : [.. contract.Members
            .Where(member => member.Parameter is not null)
            .OrderBy(member => member.Parameter!.Position)
            .Select(member => members.TryGetValue(member.Name, out object? part)
                ? Convert(part, member.Property.PropertyType, $"{path}/{member.Name}")
                : throw Unfit($"'{member.Name}' is missing", path))];
        object? made = null;
        Guard(() => made = arguments is null ? Activator.CreateInstance(contract.Type) : contract.Constructor!.Invoke(arguments), path, contract.Type.Name);
        return made!;
    }

    // What a class's own code throws, validation of its properties included, is about the answer.
    private static void Guard(Action action, string path, string member)
    {
        try
        {
            action();
        }
        catch (TargetInvocationException exception)
        {
            throw Unfit($"{member} refuses it: {(exception.InnerException ?? exception).Message.TrimEnd('.')}", path, exception.InnerException);
        }
    }

    private static ChatServiceException Unfit(string problem, string path, Exception? cause = null) => new(
        ErrorIds.BadResponse, $"{(path.Length == 0 ? "(root)" : path)}: {problem}.", "Ask again, for example with -RepairAttempt 1, or say in the prompt what belongs there.", cause);

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => $"\"{(text.Length > 60 ? text.Substring(0, 60) + "…" : text)}\"",
        Dictionary<string, object?> => "an object",
        List<object?> => "a list",
        bool flag => flag ? "true" : "false",
        _ => System.Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
