namespace Refit.Generator;

/// <summary>A header, or a collection of them.</summary>
/// <param name="Kind">Where its value comes from.</param>
/// <param name="Name">Its name; empty for a collection.</param>
/// <param name="Value">The text, the expression, or null when the header is removed.</param>
/// <param name="Scheme">The scheme in front of a credential.</param>
internal sealed record HeaderModel(HeaderKind Kind, string Name, string? Value, string? Scheme = null);
