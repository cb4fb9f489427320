namespace ChatPS.Sandbox.Families;

/// <summary>The answer to a request that did not come over the wire.</summary>
/// <param name="StatusCode">The status that it would have.</param>
/// <param name="Json">Its body, on one line.</param>
/// <param name="Prompt">What was asked, as the dialect reads it; null where it tells nothing.</param>
internal sealed record InnerAnswer(int StatusCode, string Json, string? Prompt);
