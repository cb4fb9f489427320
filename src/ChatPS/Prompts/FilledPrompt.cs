namespace ChatPS.Prompts;

/// <summary>The prompt of a file for one item.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="System">The instructions; null for none.</param>
/// <param name="UsesItem">Whether what was piped is in them, so that it need not be added.</param>
internal sealed record FilledPrompt(string Prompt, string? System, bool UsesItem);
