using ChatPS.Client.Connections;

namespace ChatPS.Client.Completions;

/// <summary>Masks the pieces of a streamed answer: each choice, and each choice's reasoning, is a text of its own.</summary>
/// <param name="secrets">The secrets of the call.</param>
internal sealed class StreamMasks(Secrets secrets)
{
    private readonly SortedDictionary<int, (StreamMask Text, StreamMask Reasoning)> _choices = [];

    /// <summary>Takes a piece.</summary>
    /// <param name="index">The choice.</param>
    /// <param name="text">Its text.</param>
    /// <param name="reasoning">Its reasoning; null for none.</param>
    /// <returns>What may be shown by now.</returns>
    public (string Text, string? Reasoning) Take(int index, string text, string? reasoning)
    {
        if (!_choices.TryGetValue(index, out (StreamMask Text, StreamMask Reasoning) choice))
        {
            _choices[index] = choice = (new StreamMask(secrets), new StreamMask(secrets));
        }

        string? shown = reasoning is null ? null : choice.Reasoning.Take(reasoning);
        return (choice.Text.Take(text), shown is { Length: > 0 } ? shown : null);
    }

    /// <summary>Gives what still waits: no more will come.</summary>
    /// <returns>The rest of each choice that has one.</returns>
    public IEnumerable<(int Index, string Text, string? Reasoning)> Finish()
    {
        foreach (KeyValuePair<int, (StreamMask Text, StreamMask Reasoning)> choice in _choices)
        {
            (string text, string reasoning) = (choice.Value.Text.Finish(), choice.Value.Reasoning.Finish());
            if (text.Length > 0 || reasoning.Length > 0)
            {
                yield return (choice.Key, text, reasoning.Length > 0 ? reasoning : null);
            }
        }
    }
}
