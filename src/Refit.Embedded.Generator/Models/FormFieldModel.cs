namespace Refit.Generator;

/// <summary>A field of a form, or the fields of a dictionary.</summary>
/// <param name="Kind">What shape it has.</param>
/// <param name="Prefix">Stands before the name.</param>
/// <param name="Name">The name; null when the serializer names it.</param>
/// <param name="Owner">The type that declares the property.</param>
/// <param name="Property">The property.</param>
/// <param name="Expression">The expression that reads it.</param>
/// <param name="TypeArguments">The types of items, or of keys and values.</param>
/// <param name="Format">The format of the value.</param>
/// <param name="CollectionFormat">How a collection is written.</param>
internal sealed record FormFieldModel(
    ShapeKind Kind,
    string Prefix,
    string? Name,
    string Owner,
    string Property,
    string Expression,
    string? TypeArguments,
    string? Format,
    string? CollectionFormat);
