namespace ChatPS.Client.Connections;

/// <summary>The vendors whose vectors and rankings have forms or limits of their own, and where they are found.</summary>
internal static class KnownHosts
{
    private const string Ollama = "Ollama";

    private static readonly (string End, string Vendor)[] Hosts =
    [
        ("cohere.com", "Cohere"), ("cohere.ai", "Cohere"), ("jina.ai", "Jina"), ("voyageai.com", "Voyage"), ("bigmodel.cn", "Zhipu"), ("z.ai", "Zhipu"), ("aliyuncs.com", "DashScope"),
    ];

    /// <summary>Finds the vendor of a service.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The vendor; null for one that needs no telling apart.</returns>
    public static string? VendorOf(ConnectionOptions connection) =>
        connection.Provider == Ollama ? Ollama : Array.Find(Hosts, host => IsAt(connection.BaseUri.Host, host.End)).Vendor;

    /// <summary>Finds an endpoint of Cohere's own, which does not lie where OpenAI's clients are sent to.</summary>
    /// <param name="address">The base address.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>The path from there.</returns>
    public static string BesideCompatible(Uri address, string endpoint) =>
        address.AbsolutePath.TrimEnd('/').EndsWith("/compatibility/v1", StringComparison.OrdinalIgnoreCase) ? "../../v2/" + endpoint : endpoint;

    private static bool IsAt(string host, string end) =>
        host.Equals(end, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + end, StringComparison.OrdinalIgnoreCase);
}
