using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>Writes expressions that read properties.</summary>
internal static class Access
{
    /// <summary>Reads a property; null when what holds it is null.</summary>
    public static string Member(string owner, ITypeSymbol ownerType, IPropertySymbol property) =>
        owner + (ownerType.IsValueType && SymbolEqualityComparer.Default.Equals(Shape.Unwrap(ownerType), ownerType) ? "." : "?.") + property.ToIdentifier();
}
