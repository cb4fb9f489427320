using System.Text.RegularExpressions;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Decisions;

/// <summary>Reads from a refusal which form the service wants: it names what it misses.</summary>
internal static class FormHints
{
    private const string Wants = "missing|required|expected|must (?:be|have|contain)|need|provide|undefined";
    private const string AnObject = "valid dictionary|dict_type|an object|a map|expected (?:an? )?(?:object|map|dict|record)";
    private const string AList = "valid list|list_type|an array|a list|expected (?:an? )?(?:array|list|sequence)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Finds the form that is wanted.</summary>
    /// <param name="failure">The refusal.</param>
    /// <param name="way">How the service was asked.</param>
    /// <returns>How to ask it; null where the refusal is about something else.</returns>
    public static DecisionWay? Wanted(ChatServiceException failure, DecisionWay way)
    {
        string said = $"{failure.Message}\n'{failure.ServiceParameter}' expected\n{failure.ResponseBody}";
        DecisionForm? form = way.Form is SystemOneForm ? IsMissing(said, "input") || IsOf(said, AList) ? DecisionForms.OpenAI : null
            : IsMissing(said, "state") || IsOf(said, AnObject) ? DecisionForms.SystemOne
            : way.Form == DecisionForms.OpenAI && (IsMissing(said, "id") || IsMissing(said, "question") || IsMissing(said, "options")) ? DecisionForms.SGLang
            : null;
        return form is not null ? new DecisionWay(form, way.Endpoint ?? (way.Form is SystemOneForm ? "systemone" : "decisions"))
            : way.Form is CloudflareForm && (IsMissing(said, "messages") || IsMissing(said, "prompt")) ? DecisionWay.Chat
            : null;
    }

    // The name stands in quotes, behind a dot or at the start, so that it is a field and no word of a question.
    private static bool IsMissing(string said, string field) =>
        Is(said, $@"(?:['""`]{field}['""`]|\.{field}\b)[^\n]{{0,60}}?(?:{Wants})|(?:{Wants})[^\n]{{0,40}}?(?:['""`]{field}['""`]|\.{field}\b)|(?:^|[\s:'""]){field}(?: is|:)? (?:{Wants})");

    private static bool IsOf(string said, string kind) => Is(said, $@"\bquestions\b[^\n]{{0,80}}?(?:{kind})");

    private static bool Is(string said, string pattern) => Regex.IsMatch(said, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline, Patience);
}
