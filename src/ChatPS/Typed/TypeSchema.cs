using System.Globalization;

namespace ChatPS.Typed;

/// <summary>
/// Writes the JSON Schema of a type as strict services want it: every property required, no others allowed, what may be missing
/// nullable, a type that is used twice or holds itself in <c>$defs</c>.
/// </summary>
internal sealed class TypeSchema
{
    private const int MostTypes = 500;
    private const int DeepestInline = 4;

    private readonly Dictionary<Type, int> _uses = [];
    private readonly HashSet<Type> _open = [];
    private readonly HashSet<(Type, string)> _ends = [];
    private readonly Dictionary<Type, string> _names = [];
    private readonly Dictionary<string, object?> _definitions = new(StringComparer.Ordinal);
    private readonly Type? _root;

    private TypeSchema(Type? root) => _root = root;

    /// <summary>Writes the schema of a type, which is the whole answer or, where it is no object, a property of it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="wrapper">The name of the property that holds it; null if it is an object itself.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ChatServiceException">A type in it cannot be told in JSON or cannot be built.</exception>
    public static Dictionary<string, object?> Of(Type type, string? wrapper)
    {
        TypeSchema schema = new(wrapper is null ? type : null);
        string path = $"[{type.Name}]";
        schema.Visit(type, path);
        Dictionary<string, object?> root = wrapper is null
            ? schema.WriteObject(TypeContract.Of(type, path), path, 0)
            : SchemaParts.Object(wrapper, schema.Write(type, path, 1));
        if (schema._definitions.Count > 0)
        {
            root["$defs"] = schema._definitions;
        }

        return root;
    }

    // Counts how often each type is used, and finds where a type holds itself: there a value must be able to end.
    private void Visit(Type declared, string path)
    {
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        TypeContract contract = TypeContract.Of(type, path);
        switch (contract.Form)
        {
            case TypeForm.List:
                Visit(contract.Item!, path + "[]");
                break;
            case TypeForm.Map:
                CheckKey(contract, path);
                Visit(contract.Item!, path + "{}");
                break;
            case TypeForm.Object:
                _uses[type] = _uses.TryGetValue(type, out int uses) ? uses + 1 : 1;
                if (uses == 0)
                {
                    VisitMembers(contract, path);
                }

                break;
        }
    }

    private void VisitMembers(TypeContract contract, string path)
    {
        if (_uses.Count > MostTypes)
        {
            throw Client.Faults.Failures.Invalid($"-OutputType: {path} has more than {MostTypes} types in it.", "Use a smaller class, with the properties that the answer needs.");
        }

        _open.Add(contract.Type);
        foreach (MemberContract member in contract.Members)
        {
            if (_open.Contains(member.Property.PropertyType))
            {
                _ends.Add((contract.Type, member.Name));
            }

            Visit(member.Property.PropertyType, $"{path}.{member.Property.Name}");
        }

        _open.Remove(contract.Type);
    }

    private static void CheckKey(TypeContract contract, string path)
    {
        if (TypeContract.Of(contract.Key!, path) is not { Form: TypeForm.Scalar or TypeForm.Any } and not { Form: TypeForm.Names, IsFlags: false })
        {
            throw Client.Faults.Failures.Invalid($"-OutputType: {path} has keys of type {contract.Key!.Name}.", "Use keys of text, numbers or an enumeration.");
        }
    }

    private Dictionary<string, object?> Write(Type declared, string path, int level)
    {
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        TypeContract contract = TypeContract.Of(type, path);
        Dictionary<string, object?> schema = contract.Form switch
        {
            TypeForm.Scalar => contract.Scalar!.Schema(),
            TypeForm.Names => Names(contract),
            TypeForm.List => List(contract, path, level),
            TypeForm.Map => SchemaParts.Entries(Write(contract.Key!, path, level), Write(contract.Item!, path, level + 1)),
            TypeForm.Object => Reference(contract, path, level),
            _ => SchemaParts.AnyScalar(),
        };
        return type == declared ? schema : SchemaParts.Nullable(schema);
    }

    private Dictionary<string, object?> List(TypeContract contract, string path, int level)
    {
        Dictionary<string, object?> schema = SchemaParts.List(Write(contract.Item!, path, level + 1));
        if (contract.IsSet)
        {
            schema["uniqueItems"] = true;
        }

        return schema;
    }

    private static Dictionary<string, object?> Names(TypeContract contract)
    {
        Dictionary<string, object?> one = SchemaParts.Of("string", ("enum", contract.Names.Keys.ToList<object?>()));
        if (!contract.IsFlags)
        {
            return one;
        }

        Dictionary<string, object?> several = SchemaParts.List(one);
        several["uniqueItems"] = true;
        return several;
    }

    private Dictionary<string, object?> Reference(TypeContract contract, string path, int level)
    {
        if (contract.Type == _root)
        {
            return SchemaParts.Reference("#");
        }

        if (_uses[contract.Type] == 1 && level <= DeepestInline)
        {
            return WriteObject(contract, path, level);
        }

        if (!_names.TryGetValue(contract.Type, out string? name))
        {
            name = FreeName(contract.Type);
            _names[contract.Type] = name;
            _definitions[name] = null;
            _definitions[name] = WriteObject(contract, path, 1);
        }

        return SchemaParts.Reference("#/$defs/" + name);
    }

    private string FreeName(Type type)
    {
        string name = AnswerSchema.NameOf(type);
        string free = name;
        for (int number = 2; _definitions.ContainsKey(free); number++)
        {
            free = name + number.ToString(CultureInfo.InvariantCulture);
        }

        return free;
    }

    private Dictionary<string, object?> WriteObject(TypeContract contract, string path, int level)
    {
        Dictionary<string, object?> properties = new(StringComparer.Ordinal);
        foreach (MemberContract member in contract.Members)
        {
            Type type = member.Property.PropertyType;
            Dictionary<string, object?> schema = Write(Nullable.GetUnderlyingType(type) ?? type, $"{path}.{member.Property.Name}", level + 1);
            member.Constrain(schema);
            bool mayBeNull = member.IsNullable || _ends.Contains((contract.Type, member.Name));
            properties[member.Name] = SchemaParts.Describe(mayBeNull ? SchemaParts.Nullable(schema) : schema, member.Description);
        }

        return SchemaParts.Describe(SchemaParts.Object(properties), MemberAttributes.Description(contract.Type.CustomAttributes) ?? XmlDocs.Of(contract.Type));
    }
}
