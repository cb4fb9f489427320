namespace Refit.Generator;

/// <summary>A [Query] attribute.</summary>
/// <param name="Delimiter">Stands between a prefix and a key.</param>
/// <param name="Prefix">Stands before the keys of an object or dictionary.</param>
/// <param name="Format">The format of the value.</param>
/// <param name="CollectionFormat">The member of CollectionFormat, if one was given.</param>
internal sealed record QueryAttributeModel(string Delimiter, string? Prefix, string? Format, string? CollectionFormat);
