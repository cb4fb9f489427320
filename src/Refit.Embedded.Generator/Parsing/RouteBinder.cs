using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>Finds the parameters that fill the placeholders of a route.</summary>
internal sealed class RouteBinder(IMethodSymbol method, IReadOnlyList<Parameter> parameters, Action<DiagnosticModel> report)
{
    public EquatableArray<UrlPart> Bind(IEnumerable<RouteToken> tokens) => new(tokens.Select(Bind));

    private UrlPart Bind(RouteToken token)
    {
        if (!token.IsPlaceholder)
        {
            return new UrlPart(token.Text, null, CatchAll: false);
        }

        if (parameters.FirstOrDefault(parameter => Same(parameter.WireName, token.Text)) is { } whole)
        {
            return BindParameter(whole, token);
        }

        if (!token.CatchAll && BindProperty(token.Text) is { } part)
        {
            return part;
        }

        report(DiagnosticModel.Create(Descriptors.UnmatchedPlaceholder, method.GetLocation(), method.Name, token.Text));
        return new UrlPart("", null, CatchAll: false);
    }

    private UrlPart BindParameter(Parameter parameter, RouteToken token)
    {
        parameter.BindToRoute(report);
        ITypeSymbol type = parameter.Symbol.Type;
        if (token.CatchAll && type.SpecialType != SpecialType.System_String)
        {
            report(DiagnosticModel.Create(Descriptors.CatchAllType, parameter.Symbol.GetLocation(), parameter.Symbol.Name));
        }

        if (Shape.Of(type).Kind != ShapeKind.Value)
        {
            ReportRouteType(parameter.Symbol, type);
        }

        return new UrlPart(null, new ValueModel(parameter.Expression, type.ToRuntimeName(), QueryAttributeReader.Read(parameter.Symbol)), token.CatchAll);
    }

    private UrlPart? BindProperty(string placeholder)
    {
        int dot = placeholder.IndexOf('.');
        if (dot < 0 || parameters.FirstOrDefault(parameter => Same(parameter.Symbol.Name, placeholder.Substring(0, dot))) is not { } owner)
        {
            return null;
        }

        string name = placeholder.Substring(dot + 1);
        IPropertySymbol? property = Shape.GetProperties(owner.Symbol.Type).FirstOrDefault(candidate => Same(candidate.GetAlias() ?? candidate.Name, name));
        if (property is null || owner.Symbol.Type.IsValueType)
        {
            return null;
        }

        if (owner.Use != ParameterUse.Open)
        {
            owner.ReportConflict($"as {owner.Use} and in the route", report);
        }

        if (Shape.Of(property.Type).Kind != ShapeKind.Value)
        {
            ReportRouteType(owner.Symbol, property.Type);
        }

        owner.BoundProperties.Add(property.Name);
        return new UrlPart(null, new ValueModel($"{owner.Expression}.{property.ToIdentifier()}", property.Type.ToRuntimeName(), QueryAttributeReader.Read(property)), CatchAll: false);
    }

    private void ReportRouteType(IParameterSymbol parameter, ITypeSymbol type) => report(DiagnosticModel.Create(
        Descriptors.InvalidRoute, parameter.GetLocation(), method.Name, $"{parameter.Name} fills it with {type.ToMessageName()}, which is no string, number, enumeration or the like"));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
