using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>A parameter while its method is read.</summary>
/// <param name="symbol">The parameter.</param>
internal sealed class Parameter(IParameterSymbol symbol)
{
    private static readonly Dictionary<string, ParameterUse> Uses = new(StringComparer.Ordinal)
    {
        ["BodyAttribute"] = ParameterUse.Body,
        ["HeaderAttribute"] = ParameterUse.Header,
        ["HeaderCollectionAttribute"] = ParameterUse.HeaderCollection,
        ["AuthorizeAttribute"] = ParameterUse.Credential,
        ["PropertyAttribute"] = ParameterUse.Property,
    };

    private static readonly string[] Neutral = ["QueryAttribute", "AliasAsAttribute"];

    public IParameterSymbol Symbol { get; } = symbol;

    public ParameterUse Use { get; private set; }

    /// <summary>The attribute that says the use.</summary>
    public AttributeData? Attribute { get; private set; }

    /// <summary>The properties that fill placeholders.</summary>
    public HashSet<string> BoundProperties { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it has [Query].</summary>
    public bool IsQuery { get; } = symbol.FindRefitAttribute("QueryAttribute") is not null;

    /// <summary>The name on the wire.</summary>
    public string WireName { get; } = symbol.GetAlias() ?? symbol.Name;

    public string Expression => Symbol.ToIdentifier();

    /// <summary>Whether a POST, PUT or PATCH request would take it as its body without being asked to.</summary>
    public bool CouldBeBody => !IsQuery && Symbol.Type is { IsValueType: false, SpecialType: not SpecialType.System_String }
        && Use is ParameterUse.Open or ParameterUse.Route;

    /// <summary>Reads the attributes.</summary>
    public void ReadUse(Action<DiagnosticModel> report)
    {
        if (Symbol.RefKind != RefKind.None)
        {
            report(DiagnosticModel.Create(Descriptors.ByReference, Symbol.GetLocation(), Symbol.Name));
        }

        if (Shape.Unwrap(Symbol.Type).Is("System.Threading", "CancellationToken"))
        {
            Use = ParameterUse.CancellationToken;
        }

        foreach (AttributeData attribute in Symbol.GetAttributes().Where(attribute => attribute.AttributeClass?.ContainingNamespace?.ToDisplayString() == "Refit"))
        {
            string name = attribute.AttributeClass!.Name;
            if (Uses.TryGetValue(name, out ParameterUse use))
            {
                SetUse(use, report);
                Attribute = attribute;
            }
            else if (!Neutral.Contains(name, StringComparer.Ordinal))
            {
                report(DiagnosticModel.Create(Descriptors.UnsupportedAttribute, Symbol.GetLocation(), Symbol.Name, name));
            }
        }

        if (IsQuery && Use != ParameterUse.Open)
        {
            ReportConflict($"as {Use} and in the query", report);
        }
    }

    /// <summary>Notes that it fills a placeholder.</summary>
    public void BindToRoute(Action<DiagnosticModel> report)
    {
        if (Use != ParameterUse.Route)
        {
            SetUse(ParameterUse.Route, report);
        }
    }

    public void ReportConflict(string what, Action<DiagnosticModel> report) =>
        report(DiagnosticModel.Create(Descriptors.ConflictingUses, Symbol.GetLocation(), Symbol.Name, what));

    private void SetUse(ParameterUse use, Action<DiagnosticModel> report)
    {
        if (Use != ParameterUse.Open)
        {
            ReportConflict($"as {Use} and as {use}", report);
        }

        Use = use;
    }
}
