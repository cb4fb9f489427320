namespace ChatPS.Client.Splitting;

/// <summary>A heading.</summary>
/// <param name="Start">Where its line begins.</param>
/// <param name="End">Where what follows begins: behind the blank lines below it.</param>
/// <param name="Level">Its level, from 1.</param>
/// <param name="Title">Its text.</param>
internal readonly record struct MarkdownHeading(int Start, int End, int Level, string Title);
