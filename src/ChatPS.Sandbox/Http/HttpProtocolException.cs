namespace ChatPS.Sandbox.Http;

/// <summary>A request that cannot be read as HTTP; it is answered with a status, and the connection ends.</summary>
internal sealed class HttpProtocolException(int statusCode, string message) : Exception(message)
{
    public int StatusCode { get; } = statusCode;
}
