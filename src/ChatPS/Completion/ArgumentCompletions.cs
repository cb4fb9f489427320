using System.Management.Automation;
using System.Management.Automation.Language;

namespace ChatPS.Completion;

internal static class ArgumentCompletions
{
    public static IEnumerable<CompletionResult> Matching(IEnumerable<string> values, string word)
    {
        string start = word.Trim('\'', '"');
        return values.Where(value => value.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(value => new CompletionResult(Quote(value), value, CompletionResultType.ParameterValue, value));
    }

    private static string Quote(string value) =>
        value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':')
            ? value
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'";
}
