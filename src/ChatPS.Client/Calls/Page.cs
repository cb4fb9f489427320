namespace ChatPS.Client.Calls;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">An item.</typeparam>
/// <param name="Items">What is on it.</param>
/// <param name="Next">Where the next page begins; null after the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
