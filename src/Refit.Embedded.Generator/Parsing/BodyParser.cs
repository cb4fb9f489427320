using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>Finds the body of a request.</summary>
internal sealed class BodyParser(IMethodSymbol method, IReadOnlyList<Parameter> parameters, Action<DiagnosticModel> report)
{
    /// <summary>The parameter that is the body; null when there is none.</summary>
    public Parameter? Find(string verb, bool multipart)
    {
        List<Parameter> bodies = [.. parameters.Where(parameter => parameter.Use == ParameterUse.Body)];
        if (multipart)
        {
            if (bodies.Count > 0)
            {
                Report(Descriptors.BodyOfMultipart);
            }

            return null;
        }

        if (bodies.Count == 0 && verb is "Post" or "Put" or "Patch")
        {
            bodies = [.. parameters.Where(parameter => parameter.CouldBeBody)];
        }

        if (bodies.Count > 1)
        {
            Report(Descriptors.SeveralBodies);
        }

        Parameter? body = bodies.FirstOrDefault();
        if (body is not null && (body.Use == ParameterUse.Route || body.BoundProperties.Count > 0))
        {
            body.ReportConflict("in the route and, unless it has [Query], as the body", report);
        }

        return body;
    }

    public BodyModel Parse(Parameter body)
    {
        string serialization = body.Attribute is null ? "Serialized" : "Default";
        bool? buffered = null;
        foreach (TypedConstant argument in body.Attribute?.ConstructorArguments ?? ImmutableArray<TypedConstant>.Empty)
        {
            serialization = argument.GetMemberName() ?? serialization;
            buffered = argument.Value as bool? ?? buffered;
        }

        EquatableArray<FormFieldModel>? form = null;
        if (serialization == "UrlEncoded")
        {
            form = new EquatableArray<FormFieldModel>(FormParser.Parse(body.Symbol, out string? problem));
            if (problem is not null)
            {
                report(DiagnosticModel.Create(Descriptors.UnsupportedForm, body.Symbol.GetLocation(), body.Symbol.Name, problem));
            }
        }

        return new BodyModel(body.Expression, serialization == "Json" ? "Serialized" : serialization, buffered, form);
    }

    private void Report(DiagnosticDescriptor descriptor) => report(DiagnosticModel.Create(descriptor, method.GetLocation(), method.Name));
}
