using System.Globalization;

namespace ChatPS.Sandbox.Http;

/// <summary>Writes answers into one buffer and sends it in as few pieces as possible.</summary>
internal sealed class HttpWriter(Transport transport)
{
    private readonly ByteBuffer _out = new();

    /// <summary>Starts a head: the status line.</summary>
    public void Status(int statusCode)
    {
        _out.Clear();
        _out.Write("HTTP/1.1 "u8);
        _out.WriteNumber(statusCode);
        _out.Write(" "u8);
        _out.WriteText(ReasonPhrase(statusCode));
        _out.Write("\r\n"u8);
    }

    public void Header(string name, string value)
    {
        HeaderName(name);
        _out.WriteText(value);
        _out.Write("\r\n"u8);
    }

    public void Header(string name, long value)
    {
        HeaderName(name);
        _out.WriteNumber(value);
        _out.Write("\r\n"u8);
    }

    public void EndHead() => _out.Write("\r\n"u8);

    /// <summary>Adds bytes as they are.</summary>
    public void Body(ReadOnlySpan<byte> bytes) => _out.Write(bytes);

    /// <summary>Adds one chunk of a chunked body.</summary>
    public void Chunk(ReadOnlySpan<byte> bytes)
    {
        _out.WriteHex(bytes.Length);
        _out.Write("\r\n"u8);
        _out.Write(bytes);
        _out.Write("\r\n"u8);
    }

    public void LastChunk() => _out.Write("0\r\n\r\n"u8);

    public async ValueTask FlushAsync()
    {
        await transport.SendAsync(_out.Memory);
        _out.Clear();
    }

    private static string ReasonPhrase(int statusCode) => statusCode switch
    {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => statusCode.ToString(CultureInfo.InvariantCulture),
    };

    private void HeaderName(string name)
    {
        _out.WriteText(name);
        _out.Write(": "u8);
    }
}
