using System.Management.Automation;
using System.Management.Automation.Language;

namespace ChatPS;

internal static class Completions
{
    public static IEnumerable<CompletionResult> Matching(IEnumerable<string> values, string word)
    {
        WildcardPattern pattern = Wildcards.Of(word.Trim('\'', '"') + "*");
        return values.Where(pattern.IsMatch).Select(value => new CompletionResult(Quote(value), value, CompletionResultType.ParameterValue, value));
    }

    private static string Quote(string value) =>
        value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':')
            ? value
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'";
}
