namespace Refit.Generator;

/// <summary>A value that goes to the query.</summary>
/// <param name="Kind">What shape it has.</param>
/// <param name="Key">Its key, or what stands before the keys of a dictionary.</param>
/// <param name="Value">The value.</param>
/// <param name="TypeArguments">The types of items, or of keys and values.</param>
/// <param name="Format">A format that applies before the formatter sees it.</param>
/// <param name="CollectionFormat">How a collection is written, if that was given.</param>
internal sealed record QueryModel(ShapeKind Kind, EquatableArray<KeyPart> Key, ValueModel Value, string? TypeArguments, string? Format, string? CollectionFormat);
