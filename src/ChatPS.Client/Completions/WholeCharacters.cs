namespace ChatPS.Client.Completions;

/// <summary>Servers that cut text by its UTF-16 length cut an emoji in two. The first half waits here for the second.</summary>
internal sealed class WholeCharacters
{
    private string _half = "";

    /// <summary>Takes a piece of text.</summary>
    /// <param name="piece">The piece.</param>
    /// <returns>The text that is whole.</returns>
    public string Take(string piece)
    {
        string text = _half + piece;
        bool endsInHalf = text.Length > 0 && char.IsHighSurrogate(text[text.Length - 1]);
        _half = endsInHalf ? text.Substring(text.Length - 1) : "";
        return endsInHalf ? text.Substring(0, text.Length - 1) : text;
    }
}
