namespace ChatPS.Sandbox.Play;

/// <summary>When the sandbox plays a tool that the service itself runs: the same in every dialect.</summary>
internal static class BuiltInTools
{
    // The names of each dialect for the same tool.
    private static readonly string[][] Synonyms =
    [
        ["web_search", "web_search_preview", "google_search", "googleSearch"],
        ["code_execution", "code_interpreter", "codeExecution"],
        ["web_fetch", "url_context", "urlContext"],
    ];

    /// <summary>Whether a prompt asks for a tool: by "use" or "call", and one of its names.</summary>
    /// <param name="prompt">What the user said.</param>
    /// <param name="tool">The tool, as its service names it.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsAskedFor(string prompt, string tool) =>
        (Array.Find(Synonyms, names => names.Contains(tool, StringComparer.Ordinal)) ?? [tool])
        .Any(name => prompt.IndexOf("use " + name, StringComparison.OrdinalIgnoreCase) >= 0 || prompt.IndexOf("call " + name, StringComparison.OrdinalIgnoreCase) >= 0);
}
