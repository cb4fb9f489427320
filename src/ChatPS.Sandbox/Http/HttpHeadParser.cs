using System.Globalization;
using System.Text;

namespace ChatPS.Sandbox.Http;

/// <summary>Reads a request head strictly: what a careful server would refuse is refused here, too.</summary>
internal static class HttpHeadParser
{
    private static readonly string[] KnownNames =
    [
        "Host", "Accept", "Accept-Encoding", "Authorization", "Content-Type", "Content-Length", "Transfer-Encoding",
        "User-Agent", "Connection", "Expect", "traceparent", "OpenAI-Organization", "OpenAI-Project",
    ];

    private static readonly string[] KnownMethods = ["GET", "POST", "DELETE", "PUT", "HEAD", "PATCH", "OPTIONS"];

    /// <param name="head">The request line and the headers, each with its line end, without the empty line.</param>
    public static HttpRequest Parse(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> line = TakeLine(ref head);
        int first = line.IndexOf((byte)' ');
        int last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last <= first + 1)
        {
            throw new HttpProtocolException(400, "The request line is malformed.");
        }

        ReadOnlySpan<byte> version = line.Slice(last + 1);
        bool isHttp11 = version.SequenceEqual("HTTP/1.1"u8);
        if (!isHttp11 && !version.SequenceEqual("HTTP/1.0"u8))
        {
            throw new HttpProtocolException(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
        }

        string method = ReadMethod(line.Slice(0, first));
        ReadOnlySpan<byte> target = line.Slice(first + 1, last - first - 1);
        (string path, string query) = ReadTarget(target);
        Dictionary<string, string> headers = new(8, StringComparer.OrdinalIgnoreCase);
        while (!head.IsEmpty)
        {
            ReadHeader(TakeLine(ref head), headers);
        }

        if (isHttp11 && !headers.ContainsKey("Host"))
        {
            throw new HttpProtocolException(400, "The Host header is missing.");
        }

        headers.TryGetValue("Connection", out string? connection);
        return new HttpRequest
        {
            Method = method,
            Path = path,
            Query = query,
            IsForProxy = target[0] != (byte)'/',
            Headers = headers,
            IsHttp11 = isHttp11,
            KeepAlive = isHttp11 ? !HasToken(connection, "close") : HasToken(connection, "keep-alive"),
            ExpectsContinue = ReadExpect(headers, isHttp11),
            ContentLength = ReadLength(headers),
        };
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf("\r\n"u8);
        ReadOnlySpan<byte> line = text.Slice(0, end);
        text = text.Slice(end + 2);
        return line;
    }

    private static string ReadMethod(ReadOnlySpan<byte> bytes)
    {
        foreach (string known in KnownMethods)
        {
            if (EqualsAscii(bytes, known))
            {
                return known;
            }
        }

        return IsToken(bytes) ? Ascii(bytes) : throw new HttpProtocolException(400, "The method is malformed.");
    }

    private static (string Path, string Query) ReadTarget(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is <= (byte)' ' or >= 0x7f)
            {
                throw new HttpProtocolException(400, "The request target holds a character that must be escaped.");
            }
        }

        string target = Ascii(bytes);
        if (target[0] != '/')
        {
            // The absolute form, which a client sends to its proxy.
            int authority = target.IndexOf("://", StringComparison.Ordinal);
            int slash = authority < 0 ? -1 : target.IndexOf('/', authority + 3);
            target = slash < 0 ? throw new HttpProtocolException(400, "The request target is malformed.") : target.Substring(slash);
        }

        int question = target.IndexOf('?');
        return question < 0 ? (target, "") : (target.Substring(0, question), target.Substring(question + 1));
    }

    private static void ReadHeader(ReadOnlySpan<byte> line, Dictionary<string, string> headers)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0 || !IsToken(line.Slice(0, colon)))
        {
            throw new HttpProtocolException(400, "A header line is malformed.");
        }

        string name = ReadName(line.Slice(0, colon));
        ReadOnlySpan<byte> bytes = line.Slice(colon + 1);
        while (!bytes.IsEmpty && bytes[0] is (byte)' ' or (byte)'\t')
        {
            bytes = bytes.Slice(1);
        }

        while (!bytes.IsEmpty && bytes[bytes.Length - 1] is (byte)' ' or (byte)'\t')
        {
            bytes = bytes.Slice(0, bytes.Length - 1);
        }

        foreach (byte b in bytes)
        {
            if (b is < (byte)' ' and not (byte)'\t' or 0x7f)
            {
                throw new HttpProtocolException(400, $"The header {name} holds a control character.");
            }
        }

        string value = Utf8(bytes);
        if (!headers.TryGetValue(name, out string? earlier))
        {
            headers.Add(name, value);
        }
        else if (IsSingle(name))
        {
            throw new HttpProtocolException(400, $"The header {name} is sent twice.");
        }
        else
        {
            headers[name] = earlier + ", " + value;
        }
    }

    private static bool IsSingle(string name) =>
        name.Equals("Host", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);

    private static string ReadName(ReadOnlySpan<byte> bytes)
    {
        foreach (string known in KnownNames)
        {
            if (EqualsAscii(bytes, known))
            {
                return known;
            }
        }

        return Ascii(bytes);
    }

    private static long ReadLength(Dictionary<string, string> headers)
    {
        bool hasLength = headers.TryGetValue("Content-Length", out string? length);
        if (headers.TryGetValue("Transfer-Encoding", out string? encoding))
        {
            if (hasLength)
            {
                throw new HttpProtocolException(400, "Content-Length and Transfer-Encoding exclude each other.");
            }

            return encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase)
                ? -1
                : throw new HttpProtocolException(501, "The only transfer encoding known here is chunked.");
        }

        if (!hasLength)
        {
            return 0;
        }

        return long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new HttpProtocolException(400, "Content-Length is not a number.");
    }

    private static bool ReadExpect(Dictionary<string, string> headers, bool isHttp11)
    {
        if (!headers.TryGetValue("Expect", out string? expect))
        {
            return false;
        }

        return expect.Equals("100-continue", StringComparison.OrdinalIgnoreCase)
            ? isHttp11
            : throw new HttpProtocolException(417, "The only expectation known here is 100-continue.");
    }

    private static bool HasToken(string? header, string token)
    {
        if (header is null)
        {
            return false;
        }

        foreach (string part in header.Split(','))
        {
            if (part.Trim().Equals(token, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsToken(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            bool isLetterOrDigit = b is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9';
            if (!isLetterOrDigit && "!#$%&'*+-.^_`|~"u8.IndexOf(b) < 0)
            {
                return false;
            }
        }

        return !bytes.IsEmpty;
    }

    private static bool EqualsAscii(ReadOnlySpan<byte> bytes, string text)
    {
        if (bytes.Length != text.Length)
        {
            return false;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != text[i])
            {
                return false;
            }
        }

        return true;
    }

#if NET8_0_OR_GREATER
    private static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);

    private static string Utf8(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
#else
    private static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes.ToArray());

    private static string Utf8(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.ToArray());
#endif
}
