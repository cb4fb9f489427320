using System.Text.RegularExpressions;
using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Families;

/// <summary>One method of a path, and what answers it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The path, in which <c>{name}</c> stands for the text up to a slash, and <c>{name*}</c> for the rest; neither is empty.</param>
/// <param name="Endpoint">Answers a request.</param>
internal sealed record Route(string Method, string Pattern, Func<EndpointCall, Answer> Endpoint)
{
    // As it looks after Regex.Escape.
    private static readonly Regex Name = new(@"\\\{(?<name>\w+)(?<rest>\\\*)?}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    // Most requests need none of them.
    private readonly Lazy<Regex>? _expression = Pattern.Contains('{') ? new Lazy<Regex>(() => Compile(Pattern)) : null;

    /// <summary>Whether a model answers, so that a rule can set the text of the answer.</summary>
    public bool IsCompletion { get; init; }

    /// <summary>Whether its body is a file, or holds one: it is read onto the disk, and may be large.</summary>
    public bool TakesFile { get; init; }

    /// <summary>Whether the pattern names one path only.</summary>
    public bool IsLiteral => _expression is null;

    public static Route Get(string pattern, Func<EndpointCall, Answer> endpoint) => new("GET", pattern, endpoint);

    public static Route Post(string pattern, Func<EndpointCall, Answer> endpoint) => new("POST", pattern, endpoint);

    public static Route Delete(string pattern, Func<EndpointCall, Answer> endpoint) => new("DELETE", pattern, endpoint);

    /// <summary>What stands for the names in the pattern; null where the path is another.</summary>
    public IReadOnlyDictionary<string, string>? Match(string path)
    {
        if (_expression is null)
        {
            return path == Pattern ? None : null;
        }

        Regex expression = _expression.Value;
        Match match = expression.Match(path);
        return match.Success
            ? expression.GetGroupNames().Where(static name => name != "0").ToDictionary(static name => name, name => Uri.UnescapeDataString(match.Groups[name].Value), StringComparer.Ordinal)
            : null;
    }

    private static Regex Compile(string pattern)
    {
        string expression = Name.Replace(Regex.Escape(pattern), static name => $"(?<{name.Groups["name"].Value}>{(name.Groups["rest"].Success ? ".+" : "[^/]+")})");
        return new Regex($@"\A{expression}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
