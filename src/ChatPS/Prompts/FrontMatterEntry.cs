namespace ChatPS.Prompts;

/// <summary>A line of front matter: a key and what it is set to.</summary>
/// <param name="Key">The key as it was written.</param>
/// <param name="Values">The value, or the items of a list.</param>
/// <param name="IsList">Whether it is a list.</param>
/// <param name="Line">The line of the key, from 1.</param>
/// <param name="TextLine">The line where the value begins.</param>
internal sealed record FrontMatterEntry(string Key, IReadOnlyList<FrontMatterScalar> Values, bool IsList, int Line, int TextLine);
