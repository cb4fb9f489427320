namespace ChatPS.Client.Discovery;

/// <summary>What tells one kind of local server from others: a path, and what is answered there.</summary>
/// <param name="Provider">The kind.</param>
/// <param name="Path">The path.</param>
/// <param name="IsAnswer">Whether an answer is that of such a server.</param>
/// <param name="Version">Finds the version in the answer.</param>
internal sealed record ServerSign(string Provider, string Path, Func<IReadOnlyDictionary<string, object?>, bool> IsAnswer, Func<IReadOnlyDictionary<string, object?>, string?> Version)
{
    /// <summary>All signs; the first that fits counts.</summary>
    public static readonly IReadOnlyList<ServerSign> All =
    [
        new("KoboldCpp", "/api/extra/version", answer => Text(answer, "result") == "KoboldCpp", answer => Text(answer, "version")),
        new("TextGenerationWebUI", "/v1/internal/model/info", answer => answer.ContainsKey("model_name"), _ => null),
        new("FoundryLocal", "/openai/status", answer => answer.ContainsKey("modelDirPath"), _ => null),
        new("LlamaCpp", "/props", answer => answer.ContainsKey("default_generation_settings"), answer => Text(answer, "build_info")),
        new("LMStudio", "/api/v0/models", answer => answer.TryGetValue("data", out object? data) && data is IReadOnlyList<object?>, _ => null),
        new("Ollama", "/api/version", answer => Text(answer, "version") is not null, answer => Text(answer, "version")),
        new("LocalAI", "/system", answer => answer.ContainsKey("backends"), _ => null),
        new("VLLM", "/version", answer => Text(answer, "version") is not null, answer => Text(answer, "version")),
    ];

    private static string? Text(IReadOnlyDictionary<string, object?> answer, string member) => answer.TryGetValue(member, out object? value) ? value as string : null;
}
