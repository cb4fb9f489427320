namespace Refit.Generator;

/// <summary>An expression under a name.</summary>
internal sealed record PropertyModel(string Name, string Expression);
