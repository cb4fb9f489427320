namespace Refit.Generator;

/// <summary>A piece of a route as text.</summary>
/// <param name="Text">The literal, or the name in the braces.</param>
/// <param name="IsPlaceholder">Whether it stood in braces.</param>
/// <param name="CatchAll">Whether its name stood behind two stars.</param>
internal sealed record RouteToken(string Text, bool IsPlaceholder, bool CatchAll = false);
