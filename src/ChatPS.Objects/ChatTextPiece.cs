namespace ChatPS;

/// <summary>A piece of a longer text.</summary>
public sealed class ChatTextPiece
{
    /// <summary>The text of the piece, as it stands in the whole.</summary>
    public string Text { get; init; } = "";

    /// <summary>The file: its path from the current folder if it lies there, else its full path. Null for text that is no file.</summary>
    public string? Source { get; init; }

    /// <summary>Which piece of its text it is, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Where it begins, in characters (UTF-16) from 0.</summary>
    public int Start { get; init; }

    /// <summary>How many characters it has.</summary>
    public int Length => Text.Length;

    /// <summary>The line that it begins in, from 1.</summary>
    public int Line { get; init; }

    /// <summary>The headings that it stands below, such as <c>Install &gt; Linux</c>; null where there is none.</summary>
    public string? Heading { get; init; }

    /// <summary>About how many tokens it has.</summary>
    public int Tokens { get; init; }

    /// <summary>The pipeline item that the text comes from.</summary>
    public object? Input { get; init; }

    /// <inheritdoc />
    public override string ToString() => Text;
}
