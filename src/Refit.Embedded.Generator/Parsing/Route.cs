using System.Text.RegularExpressions;

namespace Refit.Generator;

/// <summary>A route, split into literals and placeholders.</summary>
internal sealed class Route
{
    private static readonly Regex Placeholder = new(@"\{(?<stars>\*\*)?(?<name>[^{}]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private Route(List<RouteToken> path, List<KeyValuePair<string, List<RouteToken>>> query)
    {
        Path = path;
        Query = query;
    }

    public List<RouteToken> Path { get; }

    /// <summary>The pairs behind the question mark, keys escaped.</summary>
    public List<KeyValuePair<string, List<RouteToken>>> Query { get; }

    /// <summary>Splits a route.</summary>
    /// <returns>The route, or null and what is wrong with it.</returns>
    public static Route? Parse(string text, out string problem)
    {
        int mark = text.IndexOf('?');
        string path = mark < 0 ? text : text.Substring(0, mark);
        problem = FindProblem(text, path);
        List<KeyValuePair<string, List<RouteToken>>> query = [];
        if (problem.Length == 0 && mark >= 0)
        {
            problem = ParseQuery(text.Substring(mark + 1), query);
        }

        return problem.Length == 0 ? new Route(Split(path, literal => literal), query) : null;
    }

    private static string FindProblem(string text, string path) =>
        !path.StartsWith("/", StringComparison.Ordinal) ? "it must start with \"/\""
        : text.IndexOfAny(['\r', '\n']) >= 0 ? "it must not hold line breaks"
        : text.IndexOf('#') >= 0 ? "it must not hold a fragment"
        : Placeholder.Replace(text, match => match.Groups["name"].Value.Trim().Length == 0 ? "{" : "").IndexOfAny(['{', '}']) >= 0 ? "its braces do not match or are empty"
        : "";

    private static string ParseQuery(string text, List<KeyValuePair<string, List<RouteToken>>> query)
    {
        foreach (string pair in text.Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            if (equals <= 0 || pair.IndexOf('{') is >= 0 and int brace && brace < equals || pair.Contains("{**"))
            {
                return $"\"{pair}\" is no pair of a fixed key and a value";
            }

            string key = Escape(pair.Substring(0, equals));
            if (query.Any(other => other.Key == key))
            {
                return $"the key {key} is repeated";
            }

            query.Add(new KeyValuePair<string, List<RouteToken>>(key, Split(pair.Substring(equals + 1), Escape)));
        }

        return "";
    }

    private static List<RouteToken> Split(string text, Func<string, string> convertLiteral)
    {
        List<RouteToken> tokens = [];
        int end = 0;
        foreach (Match match in Placeholder.Matches(text))
        {
            AddLiteral(match.Index);
            tokens.Add(new RouteToken(match.Groups["name"].Value, IsPlaceholder: true, CatchAll: match.Groups["stars"].Success));
            end = match.Index + match.Length;
        }

        AddLiteral(text.Length);
        return tokens;

        void AddLiteral(int until)
        {
            if (until > end)
            {
                tokens.Add(new RouteToken(convertLiteral(text.Substring(end, until - end)), IsPlaceholder: false));
            }
        }
    }

    private static string Escape(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text.Replace('+', ' ')));
}
