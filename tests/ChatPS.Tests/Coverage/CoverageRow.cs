namespace ChatPS.Tests;

/// <summary>Something that services on the web describe, and that must work.</summary>
/// <param name="Note">Where it is described.</param>
/// <param name="What">What it is.</param>
/// <param name="Example">The beginning of the command in docs/concepts/services.md that shows it.</param>
/// <param name="Tests">The tests that prove it: a file of Pester or xUnit, a colon, and the name of the test in it.</param>
internal sealed record CoverageRow(string Note, string What, string Example, params string[] Tests);
