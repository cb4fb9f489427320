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

    private static bool IsAt(string host, string end) =>
        host.Equals(end, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + end, StringComparison.OrdinalIgnoreCase);
}
