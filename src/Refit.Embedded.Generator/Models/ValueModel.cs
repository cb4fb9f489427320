namespace Refit.Generator;

/// <summary>A value for the formatter.</summary>
/// <param name="Expression">The expression that reads it.</param>
/// <param name="Type">The type that the formatter is told.</param>
/// <param name="Query">The attribute that the formatter may look at.</param>
internal sealed record ValueModel(string Expression, string Type, QueryAttributeModel? Query);
