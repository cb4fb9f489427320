using System.Globalization;
using System.Management.Automation;

namespace ChatPS.Conversion;

/// <summary>Where a text stands, as far as what it was made from tells.</summary>
/// <param name="Source">The file; null where that is not known.</param>
/// <param name="Line">The line, from 1; null where that is not known.</param>
/// <param name="Heading">The headings above it; null for none.</param>
internal sealed record TextPlace(string? Source, int? Line, string? Heading)
{
    /// <summary>Reads the place.</summary>
    /// <param name="item">What a text was made from: a piece, a file, a row, or what was kept of them.</param>
    /// <returns>The place.</returns>
    public static TextPlace Of(object? item) => Bare.Of(item) switch
    {
        ChatTextPiece piece => new TextPlace(piece.Source, piece.Line, piece.Heading),
        FileInfo file => new TextPlace(file.FullName, null, null),
        null or string => new TextPlace(null, null, null),
        _ => new TextPlace(
            Member(item, nameof(ChatTextPiece.Source)) ?? Member(item, nameof(FileInfo.FullName)),
            int.TryParse(Member(item, nameof(ChatTextPiece.Line)), NumberStyles.None, CultureInfo.InvariantCulture, out int line) ? line : null,
            Member(item, nameof(ChatTextPiece.Heading))),
    };

    /// <summary>Writes a text with its place above it, so that a model can name it.</summary>
    /// <param name="text">The text; one that has its place above it already stays as it is.</param>
    /// <returns>The passage.</returns>
    public string Above(string text)
    {
        List<string> place = [];
        if (Source is not null)
        {
            place.Add(Source);
        }

        if (Line is { } number)
        {
            place.Add(FormattableString.Invariant($"line {number}"));
        }

        if (Heading is not null)
        {
            place.Add(Heading);
        }

        string line = $"{string.Join(", ", place)}:\n";
        return place.Count == 0 || text.StartsWith(line, StringComparison.Ordinal) ? text : line + text;
    }

    private static string? Member(object? item, string name) =>
        ItemMember.TryRead(item, name, out object? value) && !PlainObject.IsNull(value) && PlainObject.Text(value) is { Length: > 0 } text ? text : null;
}
