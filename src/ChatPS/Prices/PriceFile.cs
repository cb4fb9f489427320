using System.Text;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using Microsoft.VisualBasic.FileIO;

namespace ChatPS.Prices;

/// <summary>Reads the rows of a CSV file of prices, as Excel and Export-Csv write them.</summary>
internal static class PriceFile
{
    private const string Advice = "The file must be CSV with commas, and its first line must name the columns: Model,Input,Cached,Output. Numbers have a point, not a comma.";

    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string path)
    {
        try
        {
            using TextFieldParser parser = new(TextFile.Open(path), Encoding.UTF8, detectEncoding: true)
            {
                Delimiters = [","],
                HasFieldsEnclosedInQuotes = true,
                CommentTokens = ["#TYPE"],
            };
            return [.. Rows(parser)];
        }
        catch (MalformedLineException exception)
        {
            throw Failures.Invalid(FormattableString.Invariant($"-PriceTable: line {exception.LineNumber} of '{path}' is not CSV."), Advice, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Failures.Invalid($"-PriceTable: '{path}' cannot be read: {exception.Message}", "Give the path of a CSV file, a hashtable, or what Import-Csv emits.", exception);
        }
    }

    private static IEnumerable<IReadOnlyDictionary<string, string>> Rows(TextFieldParser parser)
    {
        string[] header = parser.ReadFields() ?? [];
        for (int row = 1; parser.ReadFields() is { } fields; row++)
        {
            if (fields.Length > header.Length)
            {
                throw Failures.Invalid(FormattableString.Invariant($"-PriceTable: row {row} has {fields.Length} fields, but the first line names {header.Length} columns."), Advice);
            }

            Dictionary<string, string> named = new(StringComparer.OrdinalIgnoreCase);
            for (int place = 0; place < fields.Length; place++)
            {
                named[header[place]] = fields[place];
            }

            yield return named;
        }
    }
}
