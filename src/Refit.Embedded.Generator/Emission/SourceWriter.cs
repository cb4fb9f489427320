using System.Text;

namespace Refit.Generator;

/// <summary>Writes indented lines.</summary>
/// <param name="depth">How deep the first line is indented.</param>
internal sealed class SourceWriter(int depth = 0)
{
    private readonly StringBuilder _text = new();
    private int _depth = depth;

    public void Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(text);
        }

        _text.Append('\n');
    }

    /// <summary>Opens a block.</summary>
    public void Open(string header)
    {
        Line(header);
        Line("{");
        _depth++;
    }

    public void Close()
    {
        _depth--;
        Line("}");
    }

    /// <summary>Appends what another writer wrote.</summary>
    public void Append(SourceWriter other) => _text.Append(other._text);

    public override string ToString() => _text.ToString();
}
