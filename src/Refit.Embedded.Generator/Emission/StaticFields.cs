namespace Refit.Generator;

/// <summary>The static fields of a class that hold what is the same in each call.</summary>
internal sealed class StaticFields
{
    private const string PropertyType = "global::System.Reflection.PropertyInfo";

    private readonly List<string> _declarations = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The expression of the attributes of a parameter.</summary>
    public string GetAttributes(QueryAttributeModel? attribute)
    {
        if (attribute is null)
        {
            return "global::Refit.ParameterAttributes.None";
        }

        string format = attribute.CollectionFormat is null ? "" : $", CollectionFormat = {Code.Member("CollectionFormat", attribute.CollectionFormat)}";
        return Get("global::Refit.ParameterAttributes", "Attributes", $"new(new global::Refit.QueryAttribute({Code.Text(attribute.Delimiter)}, {Code.Text(attribute.Prefix)}) {{ Format = {Code.Text(attribute.Format)}{format} }})");
    }

    /// <summary>The expression of a property, for a serializer that names it.</summary>
    public string GetProperty(string owner, string name) => Get(PropertyType, "Property", $"typeof({owner}).GetProperty({Code.Text(name)})!");

    public void Emit(SourceWriter writer) => _declarations.ForEach(declaration => writer.Line(declaration));

    private string Get(string type, string prefix, string value)
    {
        if (!_names.TryGetValue(value, out string? name))
        {
            name = $"{prefix}{_names.Count}";
            _names.Add(value, name);
            _declarations.Add($"private static readonly {type} {name} = {value};");
        }

        return name;
    }
}
