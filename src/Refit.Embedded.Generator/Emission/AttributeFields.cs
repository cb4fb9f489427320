namespace Refit.Generator;

/// <summary>The fields that hold the attributes of parameters, each made once.</summary>
internal sealed class AttributeFields
{
    private readonly List<QueryAttributeModel> _attributes = [];

    /// <summary>The expression of the attributes of a parameter.</summary>
    public string Get(QueryAttributeModel? attribute)
    {
        if (attribute is null)
        {
            return "global::Refit.ParameterAttributes.None";
        }

        if (!_attributes.Contains(attribute))
        {
            _attributes.Add(attribute);
        }

        return $"Attributes{_attributes.IndexOf(attribute)}";
    }

    public void Emit(SourceWriter writer)
    {
        for (int i = 0; i < _attributes.Count; i++)
        {
            QueryAttributeModel attribute = _attributes[i];
            string format = attribute.CollectionFormat is null ? "" : $", CollectionFormat = {Code.Member("CollectionFormat", attribute.CollectionFormat)}";
            writer.Line($"private static readonly global::Refit.ParameterAttributes Attributes{i} = new(new global::Refit.QueryAttribute({Code.Text(attribute.Delimiter)}, {Code.Text(attribute.Prefix)}) {{ Format = {Code.Text(attribute.Format)}{format} }});");
        }
    }
}
