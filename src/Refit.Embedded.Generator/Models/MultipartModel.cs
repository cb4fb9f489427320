namespace Refit.Generator;

/// <summary>A multipart body.</summary>
internal sealed record MultipartModel(string Boundary, EquatableArray<PropertyModel> Parts);
