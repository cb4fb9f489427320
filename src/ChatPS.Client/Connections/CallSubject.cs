namespace ChatPS.Client.Connections;

/// <summary>What a call is about, for those who look on: verbose lines and the log.</summary>
/// <param name="Item">The place in the pipeline of the item, or of the first of several.</param>
/// <param name="Count">How many items travel in the request.</param>
/// <param name="Prompt">Tells what is asked, in words.</param>
internal sealed record CallSubject(int? Item, int Count, Func<string> Prompt)
{
    /// <inheritdoc />
    public override string ToString() =>
        Item is not { } first ? "" : Count == 1 ? FormattableString.Invariant($"item {first}") : FormattableString.Invariant($"items {first} to {first + Count - 1}");
}
