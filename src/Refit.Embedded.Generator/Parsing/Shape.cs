using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>The shape of a type, as far as queries and forms go.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="TypeArguments">The types of items, or of keys and values.</param>
/// <param name="Problem">Why it is not supported.</param>
internal sealed record Shape(ShapeKind Kind, string? TypeArguments = null, string? Problem = null)
{
    private static readonly Shape Value = new(ShapeKind.Value);
    private static readonly Shape Object = new(ShapeKind.Object);

    public static Shape Of(ITypeSymbol type)
    {
        if (IsValue(type))
        {
            return Value;
        }

        if ((FindInterface(type, "IDictionary`2") ?? FindInterface(type, "IReadOnlyDictionary`2")) is { } map)
        {
            return map.TypeArguments.All(IsValue)
                ? new Shape(ShapeKind.Map, string.Join(", ", map.TypeArguments.Select(argument => argument.ToRuntimeName())))
                : Unsupported("its keys and values must be strings, numbers, enumerations or the like");
        }

        if (FindInterface(type, "IEnumerable`1") is { } collection)
        {
            return IsValue(collection.TypeArguments[0]) && SymbolEqualityComparer.Default.Equals(Unwrap(collection.TypeArguments[0]), collection.TypeArguments[0])
                ? new Shape(ShapeKind.Collection, collection.TypeArguments[0].ToRuntimeName())
                : Unsupported("its items must be strings, numbers, enumerations or the like, and not nullable values");
        }

        ITypeSymbol bare = Unwrap(type);
        bool readable = bare is INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct } && !Implements(bare, "System.Collections", "IEnumerable");
        return !readable
            ? Unsupported($"{type.ToMessageName()} has no public properties to read at compile time")
            : bare.IsSealed || bare.IsValueType
                ? Object
                : Unsupported($"{type.ToMessageName()} must be sealed, for its properties are read at compile time");
    }

    /// <summary>The type below <c>Nullable&lt;T&gt;</c>.</summary>
    public static ITypeSymbol Unwrap(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    /// <summary>The public properties that can be read, the type's own first.</summary>
    public static IEnumerable<IPropertySymbol> GetProperties(ITypeSymbol type)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (ITypeSymbol? current = Unwrap(type); current is not null; current = current.BaseType)
        {
            foreach (IPropertySymbol property in current.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public }
                    && seen.Add(property.Name))
                {
                    yield return property;
                }
            }
        }
    }

    private static bool IsValue(ITypeSymbol type)
    {
        ITypeSymbol bare = Unwrap(type);
        return bare.SpecialType is SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_Char
            || bare.TypeKind == TypeKind.Enum
            || Implements(bare, "System", "IFormattable")
            || bare.Is("System", "Uri");
    }

    private static bool Implements(ITypeSymbol type, string @namespace, string name) =>
        type.Is(@namespace, name) || type.AllInterfaces.Any(implemented => implemented.Is(@namespace, name));

    private static INamedTypeSymbol? FindInterface(ITypeSymbol type, string metadataName)
    {
        return type is INamedTypeSymbol named && Matches(named) ? named : type.AllInterfaces.FirstOrDefault(Matches);

        bool Matches(INamedTypeSymbol candidate) =>
            candidate.MetadataName == metadataName && candidate.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic";
    }

    private static Shape Unsupported(string problem) => new(ShapeKind.Unsupported, Problem: problem);
}
