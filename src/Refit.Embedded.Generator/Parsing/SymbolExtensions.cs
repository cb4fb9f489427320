using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Refit.Generator;

/// <summary>Questions about symbols.</summary>
internal static class SymbolExtensions
{
    private static readonly SymbolDisplayFormat Annotated = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The type as a signature has it, with nullable annotations.</summary>
    public static string ToDeclaredName(this ITypeSymbol type) => type.ToDisplayString(Annotated);

    /// <summary>The type as <c>typeof</c> takes it.</summary>
    public static string ToRuntimeName(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The name as code has it: keywords escaped.</summary>
    public static string ToIdentifier(this ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : "@" + symbol.Name;

    /// <summary>The name as a message has it.</summary>
    public static string ToMessageName(this ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    public static Location GetLocation(this ISymbol symbol) => symbol.Locations.FirstOrDefault() ?? Location.None;

    /// <summary>Whether a type has this name in this namespace, whatever its type arguments.</summary>
    public static bool Is(this ITypeSymbol? type, string @namespace, string name) =>
        type is not null && type.Name == name && type.ContainingType is null && type.ContainingNamespace?.ToDisplayString() == @namespace;

    public static AttributeData? FindRefitAttribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.Is("Refit", name));

    /// <summary>The name that [AliasAs] gives, if any.</summary>
    public static string? GetAlias(this ISymbol symbol) => symbol.FindRefitAttribute("AliasAsAttribute")?.GetString(0);

    public static string? GetString(this AttributeData attribute, int index) =>
        index < attribute.ConstructorArguments.Length ? attribute.ConstructorArguments[index].Value as string : null;

    /// <summary>The name of a member of an enumeration.</summary>
    public static string? GetMemberName(this TypedConstant constant) => constant.Type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } type
        ? null
        : type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, constant.Value))?.Name;

    /// <summary>The HTTP attributes of a method.</summary>
    public static IEnumerable<AttributeData> GetHttpAttributes(this IMethodSymbol method) =>
        method.GetAttributes().Where(attribute => IsHttpAttribute(attribute.AttributeClass));

    private static bool IsHttpAttribute(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? current = type?.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Is("Refit", "HttpMethodAttribute"))
            {
                return true;
            }
        }

        return false;
    }
}
