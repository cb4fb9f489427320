using System.Management.Automation;
using System.Management.Automation.Language;

namespace ChatPS.Completion;

internal static class ArgumentCompletions
{
    public static IEnumerable<CompletionResult> Matching(IEnumerable<string> values, string word) => Matching(values.Select(value => (value, value)), word);

    public static IEnumerable<CompletionResult> Matching(IEnumerable<(string Value, string Help)> values, string word)
    {
        string start = word.Trim('\'', '"');
        return values.Where(known => known.Value.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(known => new CompletionResult(Quote(known.Value), known.Value, CompletionResultType.ParameterValue, known.Help));
    }

    private static string Quote(string value) =>
        value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':')
            ? value
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'";
}
