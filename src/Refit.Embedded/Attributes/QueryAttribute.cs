namespace Refit;

/// <summary>The parameter goes to the query string.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal class QueryAttribute : Attribute
{
    private CollectionFormat? _collectionFormat;

    public QueryAttribute()
    {
    }

    public QueryAttribute(string delimiter) => Delimiter = delimiter;

    public QueryAttribute(string delimiter, string prefix)
    {
        Delimiter = delimiter;
        Prefix = prefix;
    }

    public QueryAttribute(string delimiter, string prefix, string format)
    {
        Delimiter = delimiter;
        Prefix = prefix;
        Format = format;
    }

    public QueryAttribute(CollectionFormat collectionFormat) => CollectionFormat = collectionFormat;

    /// <summary>Stands between a prefix and a key, "." by default.</summary>
    public string Delimiter { get; protected set; } = ".";

    /// <summary>Stands before the keys of an object or dictionary.</summary>
    public string? Prefix { get; protected set; }

    /// <summary>A .NET format string for the value.</summary>
    public string? Format { get; set; }

    /// <summary>How a collection is written; the settings' format unless specified.</summary>
    public CollectionFormat CollectionFormat
    {
        get => _collectionFormat.GetValueOrDefault();
        set => _collectionFormat = value;
    }

    /// <summary>Whether <see cref="CollectionFormat"/> was set.</summary>
    public bool IsCollectionFormatSpecified => _collectionFormat.HasValue;
}
