using System.Text;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Http;

namespace ChatPS.Sandbox.Requests;

/// <summary>Reads a body of the type <c>multipart/form-data</c> strictly: what is damaged is refused.</summary>
/// <param name="body">The body.</param>
/// <param name="boundary">What stands between its parts.</param>
internal ref struct MultipartReader(ReadOnlySpan<byte> body, string boundary)
{
    private const int MostParts = 1000;
    private const int LargestHead = 16 * 1024;

    private readonly ReadOnlySpan<byte> _delimiter = Encoding.UTF8.GetBytes("\r\n--" + boundary);
    private ReadOnlySpan<byte> _rest = body;

    /// <summary>Reads all parts.</summary>
    /// <exception cref="ApiException">The body is malformed.</exception>
    public List<FormPart> ReadAll()
    {
        // The first boundary has no line before it.
        if (!_rest.StartsWith(_delimiter.Slice(2)))
        {
            throw Malformed("it does not begin with the boundary that its content type names");
        }

        _rest = _rest.Slice(_delimiter.Length - 2);
        List<FormPart> parts = [];
        while (!_rest.StartsWith("--"u8))
        {
            if (parts.Count == MostParts)
            {
                throw Malformed("it has too many parts");
            }

            parts.Add(ReadPart());
        }

        return parts;
    }

    private FormPart ReadPart()
    {
        if (!_rest.StartsWith("\r\n"u8))
        {
            throw Malformed("a boundary is not followed by a new line");
        }

        // From here on the lines of the head each end with a new line; an empty one ends the head.
        int end = _rest.IndexOf("\r\n\r\n"u8);
        if (end is < 0 or > LargestHead)
        {
            throw Malformed("the head of a part does not end");
        }

        Dictionary<string, string> head = ReadHead(Text(_rest.Slice(2, Math.Max(0, end - 2))));
        _rest = _rest.Slice(end + 4);
        int length = FindDelimiter();
        byte[] content = _rest.Slice(0, length).ToArray();
        _rest = _rest.Slice(length + _delimiter.Length);
        HeaderValue? disposition = head.TryGetValue("Content-Disposition", out string? text) ? HeaderValue.Parse(text) : null;
        return disposition?.Value.Equals("form-data", StringComparison.OrdinalIgnoreCase) == true && disposition["name"] is { } name
            ? new FormPart(name, FileName(disposition), head.TryGetValue("Content-Type", out string? type) ? type : null, content)
            : throw Malformed("a part has no name");
    }

    private static Dictionary<string, string> ReadHead(string text)
    {
        Dictionary<string, string> head = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in text.Split(["\r\n"], StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':');
            if (colon <= 0)
            {
                throw Malformed("a line in the head of a part has no name");
            }

            head[line.Substring(0, colon).Trim()] = line.Substring(colon + 1).Trim();
        }

        return head;
    }

    // Behind a boundary stands the end of a line, or the mark of the last one; anything else is content.
    private readonly int FindDelimiter()
    {
        for (int from = 0, at; (at = _rest.Slice(from).IndexOf(_delimiter)) >= 0; from += at + 1)
        {
            ReadOnlySpan<byte> behind = _rest.Slice(from + at + _delimiter.Length);
            if (behind.StartsWith("\r\n"u8) || behind.StartsWith("--"u8))
            {
                return from + at;
            }
        }

        throw Malformed("it ends before its last boundary");
    }

    // filename*=utf-8''... says it exactly.
    private static string? FileName(HeaderValue disposition) => disposition["filename*"]?.Split('\'') is [_, _, { } encoded]
        ? Uri.UnescapeDataString(encoded)
        : disposition["filename"];

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.ToArray());

    private static ApiException Malformed(string reason) => new(ApiError.Invalid($"We could not parse the multipart body of your request: {reason}."));
}
