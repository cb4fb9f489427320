namespace ChatPS.Prompts;

/// <summary>A value of front matter: what it means, and how it was written.</summary>
/// <param name="Value">Text, a number or a boolean.</param>
/// <param name="Text">As it was written, quotes apart: <c>4.10</c> stays that where text is wanted.</param>
internal sealed record FrontMatterScalar(object Value, string Text);
