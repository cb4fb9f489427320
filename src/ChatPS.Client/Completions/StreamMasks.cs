using ChatPS.Client.Connections;

namespace ChatPS.Client.Completions;

/// <summary>Masks the pieces of a streamed answer: each choice has texts of its own.</summary>
/// <param name="secrets">The secrets of the call.</param>
internal sealed class StreamMasks(Secrets secrets)
{
    private readonly SortedDictionary<int, Choice> _choices = [];

    /// <summary>Takes a piece.</summary>
    /// <param name="index">The choice.</param>
    /// <param name="texts">Its texts.</param>
    /// <returns>What may be shown by now.</returns>
    public StreamTexts Take(int index, StreamTexts texts)
    {
        if (!_choices.TryGetValue(index, out Choice? choice))
        {
            _choices[index] = choice = new Choice(new StreamMask(secrets));
        }

        return new StreamTexts(choice.Text.Take(texts.Text), Take(ref choice.Reasoning, texts.Reasoning), Take(ref choice.Commentary, texts.Commentary));
    }

    /// <summary>Gives what still waits: no more will come.</summary>
    /// <returns>The rest of each choice that has one.</returns>
    public IEnumerable<(int Index, StreamTexts Texts)> Finish()
    {
        foreach (KeyValuePair<int, Choice> choice in _choices)
        {
            StreamTexts rest = new(choice.Value.Text.Finish(), NotEmpty(choice.Value.Reasoning?.Finish()), NotEmpty(choice.Value.Commentary?.Finish()));
            if (!rest.IsEmpty)
            {
                yield return (choice.Key, rest);
            }
        }
    }

    private string? Take(ref StreamMask? mask, string? piece) => piece is null ? null : NotEmpty((mask ??= new StreamMask(secrets)).Take(piece));

    private static string? NotEmpty(string? text) => text is { Length: > 0 } ? text : null;

    private sealed class Choice(StreamMask text)
    {
        public StreamMask? Reasoning;
        public StreamMask? Commentary;

        public StreamMask Text => text;
    }
}
