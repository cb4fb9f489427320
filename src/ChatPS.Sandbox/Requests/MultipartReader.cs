using System.Text;
using ChatPS.Sandbox.Answers;

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

    /// <summary>The error of a body that is damaged.</summary>
    public static ApiException Malformed(string reason) => new(ApiError.Invalid($"We could not parse the multipart body of your request: {reason}."));

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

        MultipartHead head = MultipartHead.Read(Text(_rest.Slice(2, Math.Max(0, end - 2))));
        _rest = _rest.Slice(end + 4);
        int length = FindDelimiter();
        byte[] content = _rest.Slice(0, length).ToArray();
        _rest = _rest.Slice(length + _delimiter.Length);
        return new FormPart(head.Name, head.FileName, head.ContentType, content);
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

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.ToArray());
}
