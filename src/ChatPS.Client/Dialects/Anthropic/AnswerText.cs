using System.Text;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>The text of an answer that is made of blocks: where a tool was called in between, the text goes on in a new paragraph.</summary>
internal sealed class AnswerText
{
    private readonly StringBuilder _text = new();
    private bool _isInterrupted;

    public int Length => _text.Length;

    /// <summary>Takes notice of a block.</summary>
    /// <param name="type">Its type.</param>
    public void Begin(string? type) => _isInterrupted |= type != "text" && _text.Length > 0;

    /// <summary>Adds text.</summary>
    /// <param name="piece">The text.</param>
    /// <returns>What was added.</returns>
    public string Add(string piece)
    {
        if (piece.Length == 0)
        {
            return piece;
        }

        string added = _isInterrupted && !char.IsWhiteSpace(_text[_text.Length - 1]) ? "\n\n" + piece : piece;
        _isInterrupted = false;
        _text.Append(added);
        return added;
    }

    public override string ToString() => _text.ToString();
}
