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

    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;
}
