using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>Turns a body into the fields of a form.</summary>
internal static class FormParser
{
    public static List<FormFieldModel> Parse(IParameterSymbol parameter, out string? problem)
    {
        problem = null;
        Shape shape = Shape.Of(parameter.Type);
        string expression = parameter.ToIdentifier();
        switch (shape.Kind)
        {
            case ShapeKind.Map:
                return [new FormFieldModel(ShapeKind.Map, "", null, "", "", expression, shape.TypeArguments, null, null)];
            case ShapeKind.Object:
                List<FormFieldModel> fields = [];
                foreach (IPropertySymbol property in Shape.GetProperties(parameter.Type))
                {
                    fields.Add(ParseProperty(property, Access.Member(expression, parameter.Type, property), ref problem));
                }

                return fields;
            default:
                problem = shape.Problem ?? "it must be a dictionary or an object";
                return [];
        }
    }

    private static FormFieldModel ParseProperty(IPropertySymbol property, string expression, ref string? problem)
    {
        Shape shape = Shape.Of(property.Type);
        QueryAttributeModel? attribute = QueryAttributeReader.Read(property);
        if (shape.Kind != ShapeKind.Value && (shape.Kind != ShapeKind.Collection || attribute?.CollectionFormat is null or "RefitParameterFormatter"))
        {
            problem ??= $"{property.Name} must be a single value, or a collection with [Query(CollectionFormat.…)]";
        }

        return new FormFieldModel(
            shape.Kind,
            string.IsNullOrWhiteSpace(attribute?.Prefix) ? "" : attribute!.Prefix + attribute.Delimiter,
            property.GetAlias(),
            property.ContainingType.ToRuntimeName(),
            property.Name,
            expression,
            shape.TypeArguments,
            attribute?.Format,
            attribute?.CollectionFormat);
    }
}
