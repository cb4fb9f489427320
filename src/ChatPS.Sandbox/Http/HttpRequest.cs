namespace ChatPS.Sandbox.Http;

/// <summary>The head of a request.</summary>
internal sealed class HttpRequest
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Query { get; init; }

    /// <summary>Whether it names a whole address, as a client does that takes the server for its proxy.</summary>
    public required bool IsForProxy { get; init; }

    public required Dictionary<string, string> Headers { get; init; }

    public required bool IsHttp11 { get; init; }

    public required bool KeepAlive { get; init; }

    public required bool ExpectsContinue { get; init; }

    /// <summary>The length of the body in bytes, or -1 where it comes in chunks.</summary>
    public required long ContentLength { get; init; }

    /// <summary>The head of a request that lies in this one, such as one of a batch: it has the same key.</summary>
    /// <param name="path">The path, which JSON is posted to.</param>
    /// <returns>The head.</returns>
    public HttpRequest ForInner(string path) => new()
    {
        Method = "POST",
        Path = path,
        Query = "",
        IsForProxy = false,
        Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" },
        IsHttp11 = true,
        KeepAlive = true,
        ExpectsContinue = false,
        ContentLength = 0,
    };

    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;
}
