using ChatPS.Client.Files;

namespace ChatPS.Client.Speech;

/// <summary>What came of a text that was spoken.</summary>
/// <param name="Kind">What the bytes are; null where they do not tell, as with raw sound.</param>
/// <param name="MediaType">The media type, as the service says; null if it does not.</param>
/// <param name="Usage">The tokens; null where the service did not tell.</param>
internal sealed record SpokenSound(FileKind? Kind, string? MediaType, ChatUsage? Usage);
