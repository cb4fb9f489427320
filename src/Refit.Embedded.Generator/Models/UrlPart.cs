namespace Refit.Generator;

/// <summary>A piece of a route.</summary>
/// <param name="Literal">Its text; null when it is a value.</param>
/// <param name="Value">The value that fills it.</param>
/// <param name="CatchAll">Whether the value may hold slashes.</param>
internal sealed record UrlPart(string? Literal, ValueModel? Value, bool CatchAll);
