using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>Turns a parameter into what goes to the query.</summary>
/// <param name="parameter">The parameter.</param>
/// <param name="boundProperties">Its properties that fill placeholders of the route.</param>
internal sealed class QueryParser(IParameterSymbol parameter, ISet<string> boundProperties)
{
    private readonly QueryAttributeModel? _attribute = QueryAttributeReader.Read(parameter);
    private readonly List<QueryModel> _items = [];

    private string Delimiter => _attribute?.Delimiter ?? ".";

    /// <summary>What is wrong with the parameter.</summary>
    public string? Problem { get; private set; }

    public List<QueryModel> Parse()
    {
        Shape shape = Shape.Of(parameter.Type);
        string prefix = string.IsNullOrWhiteSpace(_attribute?.Prefix) ? "" : _attribute!.Prefix + Delimiter;
        KeyPart[] prefixKey = prefix.Length == 0 ? [] : [new KeyPart(prefix, IsPropertyName: false)];
        switch (shape.Kind)
        {
            case ShapeKind.Value or ShapeKind.Collection:
                Add(shape, [new KeyPart(parameter.GetAlias() ?? parameter.Name, IsPropertyName: false)], Value(parameter.ToIdentifier(), _attribute), null, _attribute?.CollectionFormat);
                break;
            case ShapeKind.Map:
                Add(shape, prefixKey, Value(parameter.ToIdentifier(), _attribute), null, null);
                break;
            case ShapeKind.Object:
                AddProperties(parameter.ToIdentifier(), parameter.Type, prefixKey, [Shape.Unwrap(parameter.Type)]);
                break;
            default:
                Problem = shape.Problem;
                break;
        }

        return _items;
    }

    private void AddProperties(string owner, ITypeSymbol ownerType, KeyPart[] keyPrefix, ITypeSymbol[] path)
    {
        foreach (IPropertySymbol property in Shape.GetProperties(ownerType))
        {
            if (path.Length > 1 || !boundProperties.Contains(property.Name))
            {
                AddProperty(Access.Member(owner, ownerType, property), property, keyPrefix, path);
            }
        }
    }

    private void AddProperty(string expression, IPropertySymbol property, KeyPart[] keyPrefix, ITypeSymbol[] path)
    {
        Shape shape = Shape.Of(property.Type);
        QueryAttributeModel? attribute = QueryAttributeReader.Read(property);
        string? alias = property.GetAlias();
        KeyPart[] key = [.. keyPrefix, new KeyPart(alias ?? property.Name, IsPropertyName: alias is null)];
        switch (shape.Kind)
        {
            case ShapeKind.Value:
                Add(shape, key, Value(expression, _attribute), attribute?.Format, null);
                break;
            case ShapeKind.Collection when attribute?.Format is null:
                Add(shape, key, new ValueModel(expression, property.Type.ToRuntimeName(), null), null, attribute?.CollectionFormat);
                break;
            case ShapeKind.Map when attribute?.Format is null:
                Add(shape, [.. key, new KeyPart(Delimiter, IsPropertyName: false)], Value(expression, _attribute), null, null);
                break;
            case ShapeKind.Object when attribute?.Format is null && !path.Contains(Shape.Unwrap(property.Type), SymbolEqualityComparer.Default):
                AddProperties(expression, property.Type, [.. key, new KeyPart(Delimiter, IsPropertyName: false)], [.. path, Shape.Unwrap(property.Type)]);
                break;
            default:
                Problem ??= $"{property.Name}: {shape.Problem ?? "a format needs a single value, and a type must not hold itself"}";
                break;
        }
    }

    private ValueModel Value(string expression, QueryAttributeModel? attribute) => new(expression, parameter.Type.ToRuntimeName(), attribute);

    private void Add(Shape shape, KeyPart[] key, ValueModel value, string? format, string? collectionFormat) =>
        _items.Add(new QueryModel(shape.Kind, new EquatableArray<KeyPart>(key), value, shape.TypeArguments, format, collectionFormat));
}
