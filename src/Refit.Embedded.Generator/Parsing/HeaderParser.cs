using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>Reads the fixed headers of a method.</summary>
internal static class HeaderParser
{
    /// <summary>The headers, those of inherited interfaces first and those of the method last; a later one has replaced an earlier one.</summary>
    public static IEnumerable<HeaderModel> Parse(IMethodSymbol method)
    {
        List<HeaderModel> headers = [];
        IEnumerable<ISymbol> sources = method.ContainingType.AllInterfaces.Reverse<ISymbol>().Concat([method.ContainingType, method]);
        foreach (string line in sources.SelectMany(GetLines))
        {
            int colon = line.IndexOf(':');
            string name = (colon < 0 ? line : line.Substring(0, colon)).Trim();
            headers.RemoveAll(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase));
            headers.Add(new HeaderModel(HeaderKind.Fixed, name, colon < 0 ? null : line.Substring(colon + 1).Trim()));
        }

        return headers;
    }

    private static IEnumerable<string> GetLines(ISymbol symbol) =>
        symbol.FindRefitAttribute("HeadersAttribute") is { ConstructorArguments: [{ Kind: TypedConstantKind.Array, IsNull: false } lines] }
            ? lines.Values.Select(line => line.Value as string ?? "").Where(line => !string.IsNullOrWhiteSpace(line))
            : [];
}
