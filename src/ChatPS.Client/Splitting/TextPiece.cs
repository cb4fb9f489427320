namespace ChatPS.Client.Splitting;

/// <summary>A piece of a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many characters it has.</param>
/// <param name="Line">The line that it begins in, from 1.</param>
/// <param name="Heading">The headings that it stands below; null for none.</param>
/// <param name="Tokens">About how many tokens it has.</param>
public readonly record struct TextPiece(int Start, int Length, int Line, string? Heading, int Tokens);
