using ChatPS.Client.Chat;

namespace ChatPS.Client.Dialects;

/// <summary>A property of a chat request that a dialect takes or refuses.</summary>
/// <param name="Property">The property of <see cref="ChatRequest"/>.</param>
/// <param name="Name">The parameter that sets it, with its dash.</param>
internal sealed record ChatParameter(string Property, string Name);
