using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>Reads [Query].</summary>
internal static class QueryAttributeReader
{
    public static QueryAttributeModel? Read(ISymbol symbol)
    {
        if (symbol.FindRefitAttribute("QueryAttribute") is not { } attribute)
        {
            return null;
        }

        bool collection = attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Kind == TypedConstantKind.Enum;
        return new QueryAttributeModel(
            (collection ? null : attribute.GetString(0)) ?? ".",
            attribute.GetString(1),
            GetNamed(attribute, "Format")?.Value as string ?? attribute.GetString(2),
            GetNamed(attribute, "CollectionFormat")?.GetMemberName() ?? (collection ? attribute.ConstructorArguments[0].GetMemberName() : null));
    }

    private static TypedConstant? GetNamed(AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        return null;
    }
}
