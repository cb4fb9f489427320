using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>Reads one method of a Refit interface.</summary>
internal sealed class MethodParser(IMethodSymbol method, Action<DiagnosticModel> report)
{
    private static readonly string[] Verbs = ["Get", "Post", "Put", "Delete", "Patch", "Head", "Options"];
    private static readonly string[] KnownAttributes = ["HeadersAttribute", "MultipartAttribute", "QueryUriFormatAttribute"];

    private readonly List<Parameter> _parameters = [.. method.Parameters.Select(parameter => new Parameter(parameter))];

    /// <summary>Reads the method.</summary>
    /// <returns>The model; null when there is nothing to model.</returns>
    public MethodModel? Parse()
    {
        if (ReadHttpAttribute() is not { } attribute || ReadReturn() is not { } result)
        {
            return null;
        }

        if (method.IsGenericMethod)
        {
            Report(Descriptors.GenericMethod);
        }

        string verb = attribute.AttributeClass!.Name.Replace("Attribute", "");
        string text = attribute.GetString(0) ?? "";
        if (Route.Parse(text, out string problem) is not { } route)
        {
            Report(Descriptors.InvalidRoute, problem);
            return null;
        }

        _parameters.ForEach(parameter => parameter.ReadUse(report));
        RouteBinder binder = new(method, _parameters, report);
        EquatableArray<UrlPart> path = binder.Bind(route.Path);
        EquatableArray<RouteQueryModel> routeQuery = new(route.Query.ConvertAll(pair => new RouteQueryModel(pair.Key, binder.Bind(pair.Value))));

        string? boundary = ReadBoundary();
        BodyParser bodies = new(method, _parameters, report);
        Parameter? body = bodies.Find(verb, boundary is not null);
        ILookup<bool, Parameter> rest = _parameters
            .Where(parameter => parameter.Use == ParameterUse.Open && parameter != body)
            .ToLookup(parameter => boundary is null || parameter.IsQuery || parameter.BoundProperties.Count > 0);

        return new MethodModel
        {
            DeclaringType = method.ContainingType.ToRuntimeName(),
            Name = method.ToIdentifier(),
            Parameters = new(method.Parameters.Select(parameter => new ParameterModel(parameter.Type.ToDeclaredName(), parameter.ToIdentifier()))),
            Return = result,
            Verb = verb,
            Route = text,
            Path = path,
            RouteQuery = routeQuery,
            Query = new(rest[true].SelectMany(ParseQuery)),
            Body = body is null ? null : bodies.Parse(body),
            Multipart = boundary is null ? null : new MultipartModel(boundary, new(rest[false].Select(part => new PropertyModel(part.WireName, part.Expression)))),
            Headers = new(HeaderParser.Parse(method).Concat(_parameters.Select(ParseHeader).OfType<HeaderModel>())),
            Properties = new(_parameters.Where(parameter => parameter.Use == ParameterUse.Property).Select(ParseProperty)),
            CancellationToken = ReadCancellationToken(),
            UriFormat = method.FindRefitAttribute("QueryUriFormatAttribute")?.ConstructorArguments[0].GetMemberName(),
        };
    }

    private AttributeData? ReadHttpAttribute()
    {
        List<AttributeData> attributes = [.. method.GetHttpAttributes()];
        if (attributes.Count == 0)
        {
            Report(Descriptors.MissingHttpAttribute);
            return null;
        }

        AttributeData attribute = attributes[0];
        if (attributes.Count > 1 || !Verbs.Any(verb => attribute.AttributeClass.Is("Refit", verb + "Attribute")))
        {
            Report(Descriptors.UnknownHttpAttribute);
            return null;
        }

        foreach (AttributeData other in method.GetAttributes().Where(other => other != attribute && other.AttributeClass?.ContainingNamespace?.ToDisplayString() == "Refit"))
        {
            if (!KnownAttributes.Contains(other.AttributeClass!.Name, StringComparer.Ordinal))
            {
                Report(Descriptors.UnsupportedAttribute, other.AttributeClass.Name);
            }
        }

        return attribute;
    }

    private ReturnModel? ReadReturn()
    {
        ReturnModel? result = ReturnTypeParser.Parse(method.ReturnType);
        if (result is null)
        {
            Report(Descriptors.UnsupportedReturnType, method.ReturnType.ToMessageName());
        }

        return result;
    }

    private string? ReadBoundary() => method.FindRefitAttribute("MultipartAttribute") is { } multipart
        ? multipart.GetString(0) ?? "----MyGreatBoundary"
        : null;

    private List<QueryModel> ParseQuery(Parameter parameter)
    {
        QueryParser parser = new(parameter.Symbol, parameter.BoundProperties);
        List<QueryModel> items = parser.Parse();
        if (parser.Problem is { } problem)
        {
            report(DiagnosticModel.Create(Descriptors.UnsupportedQueryType, parameter.Symbol.GetLocation(), parameter.Symbol.Name, problem));
        }

        return items;
    }

    private HeaderModel? ParseHeader(Parameter parameter)
    {
        switch (parameter.Use)
        {
            case ParameterUse.Header:
                return new HeaderModel(HeaderKind.Parameter, (parameter.Attribute!.GetString(0) ?? "").Trim(), parameter.Expression);
            case ParameterUse.HeaderCollection:
                if (parameter.Symbol.Type is not INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, { SpecialType: SpecialType.System_String }] } type
                    || !type.Is("System.Collections.Generic", "IDictionary"))
                {
                    report(DiagnosticModel.Create(Descriptors.HeaderCollectionType, parameter.Symbol.GetLocation(), parameter.Symbol.Name));
                }

                ReportRepeated(parameter, "[HeaderCollection]");
                return new HeaderModel(HeaderKind.Collection, "", parameter.Expression);
            case ParameterUse.Credential:
                ReportRepeated(parameter, "[Authorize]");
                return new HeaderModel(HeaderKind.Credential, "Authorization", parameter.Expression, parameter.Attribute!.GetString(0) ?? "Bearer");
            default:
                return null;
        }
    }

    private static PropertyModel ParseProperty(Parameter parameter) =>
        new(parameter.Attribute!.GetString(0) is { Length: > 0 } key ? key : parameter.Symbol.Name, parameter.Expression);

    private string? ReadCancellationToken()
    {
        if (_parameters.Find(parameter => parameter.Use == ParameterUse.CancellationToken) is not { } token)
        {
            return null;
        }

        ReportRepeated(token, "CancellationToken");
        bool nullable = !SymbolEqualityComparer.Default.Equals(Shape.Unwrap(token.Symbol.Type), token.Symbol.Type);
        return nullable ? token.Expression + ".GetValueOrDefault()" : token.Expression;
    }

    private void ReportRepeated(Parameter parameter, string what)
    {
        if (_parameters.First(other => other.Use == parameter.Use) == parameter && _parameters.Count(other => other.Use == parameter.Use) > 1)
        {
            Report(Descriptors.RepeatedUse, what);
        }
    }

    private void Report(DiagnosticDescriptor descriptor, params string[] arguments) =>
        report(DiagnosticModel.Create(descriptor, method.GetLocation(), [method.Name, .. arguments]));
}
