namespace Refit.Generator;

/// <summary>A piece of a key.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsPropertyName">Whether the key formatter turns the text into the key.</param>
internal sealed record KeyPart(string Text, bool IsPropertyName);
