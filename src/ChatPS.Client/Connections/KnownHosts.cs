namespace ChatPS.Client.Connections;

/// <summary>The vendors whose vectors, rankings and decisions have forms or limits of their own, and where they are found.</summary>
internal static class KnownHosts
{
    private const string Ollama = "Ollama";
    private const int OllamaPort = 11434;
    private const string OpenRouter = "openrouter.ai";

    private static readonly (string End, string Vendor)[] Hosts =
    [
        ("cohere.com", "Cohere"), ("cohere.ai", "Cohere"), ("jina.ai", "Jina"), ("voyageai.com", "Voyage"), ("bigmodel.cn", "Zhipu"), ("z.ai", "Zhipu"), ("aliyuncs.com", "DashScope"),
    ];

    private static readonly (string End, string Form)[] DecisionHosts =
    [
        ("api.openai.com", "OpenAI"), (OpenRouter, "SystemOne"), ("typesafe.ai", "SystemOne"), ("api.upstage.ai", "SystemOne"), ("aliyuncs.com", "SystemOne"), ("api.cloudflare.com", "Cloudflare"),
    ];

    /// <summary>Finds the vendor of a service.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The vendor; null for one that needs no telling apart.</returns>
    public static string? VendorOf(ConnectionOptions connection) =>
        connection.Provider == Ollama ? Ollama : Array.Find(Hosts, host => IsAt(connection.BaseUri.Host, host.End)).Vendor;

    /// <summary>Finds the form in which a service is asked for decisions.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The name of the form; null where it is not known.</returns>
    public static string? DecisionFormOf(ConnectionOptions connection) =>
        IsOllama(connection) ? "SystemOne" : Array.Find(DecisionHosts, host => IsAt(connection.BaseUri.Host, host.End)).Form;

    /// <summary>Tells whether a service is Ollama.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>Whether its name or its port says so.</returns>
    public static bool IsOllama(ConnectionOptions connection) => connection.Provider == Ollama || connection.BaseUri.Port == OllamaPort;

    /// <summary>Tells whether a service wants each option of a choice described, if by an empty text.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>Whether it does.</returns>
    public static bool WantsEveryDescription(ConnectionOptions connection) => IsAt(connection.BaseUri.Host, OpenRouter);

    /// <summary>Finds an endpoint of Cohere's own, which does not lie where OpenAI's clients are sent to.</summary>
    /// <param name="address">The base address.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>The path from there.</returns>
    public static string BesideCompatible(Uri address, string endpoint) =>
        address.AbsolutePath.TrimEnd('/').EndsWith("/compatibility/v1", StringComparison.OrdinalIgnoreCase) ? "../../v2/" + endpoint : endpoint;

    private static bool IsAt(string host, string end) =>
        host.Equals(end, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + end, StringComparison.OrdinalIgnoreCase);
}
