using System.Text;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Http;

namespace ChatPS.Sandbox.Requests;

/// <summary>The fields of a form that lies on the disk, and its file, which stays there.</summary>
internal sealed class FileForm
{
    private const int MostParts = 1000;
    private const int LargestHead = 16 * 1024;
    private const int LargestField = 64 * 1024;
    private const int WindowSize = 128 * 1024;

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FormFile> _files = new(StringComparer.Ordinal);

    private FileForm(FileStream body, FileSegment whole, string boundary)
    {
        byte[] delimiter = Encoding.UTF8.GetBytes("\r\n--" + boundary);
        if (Read(body, 0, delimiter.Length - 2) != "--" + boundary)
        {
            throw MultipartReader.Malformed("it does not begin with the boundary that its content type names");
        }

        long at = delimiter.Length - 2;
        for (int parts = 0; Read(body, at, 2) != "--"; parts++)
        {
            if (parts == MostParts)
            {
                throw MultipartReader.Malformed("it has too many parts");
            }

            at = ReadPart(body, whole, at, delimiter);
        }
    }

    /// <summary>Reads the form of a request.</summary>
    /// <param name="contentType">The header.</param>
    /// <param name="body">The body.</param>
    /// <exception cref="ApiException">It is no form, or a malformed one.</exception>
    public static FileForm Read(string? contentType, BodyFile? body)
    {
        string boundary = Form.BoundaryIn(contentType);
        if (body is null)
        {
            throw MultipartReader.Malformed("it is empty");
        }

        using FileStream file = new(body.Whole.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new FileForm(file, body.Whole, boundary);
    }

    /// <summary>The text of a field; null where it is left out.</summary>
    public string? Text(string name) => _fields.TryGetValue(name, out string? value) ? value : null;

    public string RequiredText(string name) => Text(name) ?? throw new ApiException(ApiError.Missing(name));

    public FormFile RequiredFile(string name) => _files.TryGetValue(name, out FormFile? file) ? file : throw new ApiException(ApiError.Missing(name));

    private static string Read(FileStream body, long at, int length)
    {
        byte[] bytes = new byte[length];
        body.Seek(at, SeekOrigin.Begin);
        int read = 0;
        for (int more = -1; read < length && more != 0; read += more)
        {
            more = body.Read(bytes, read, length - read);
        }

        return Encoding.UTF8.GetString(bytes, 0, read);
    }

    private static long Find(FileStream body, long from, byte[] mark, long most = long.MaxValue)
    {
        byte[] window = new byte[WindowSize];
        int kept = 0;
        body.Seek(from, SeekOrigin.Begin);
        for (long start = from; start - from < most;)
        {
            int read = body.Read(window, kept, window.Length - kept);
            int found = window.AsSpan(0, kept + read).IndexOf(mark);
            if (found >= 0)
            {
                return start + found;
            }

            if (read == 0)
            {
                break;
            }

            // A mark may lie across two windows.
            int tail = Math.Min(kept + read, mark.Length - 1);
            start += kept + read - tail;
            Buffer.BlockCopy(window, kept + read - tail, window, 0, tail);
            kept = tail;
        }

        return -1;
    }

    private long ReadPart(FileStream body, FileSegment whole, long at, byte[] delimiter)
    {
        if (Read(body, at, 2) != "\r\n")
        {
            throw MultipartReader.Malformed("a boundary is not followed by a new line");
        }

        // From here on the lines of the head each end with a new line; an empty one ends the head.
        long end = Find(body, at, "\r\n\r\n"u8.ToArray(), LargestHead);
        if (end < 0 || end - at > LargestHead)
        {
            throw MultipartReader.Malformed("the head of a part does not end");
        }

        MultipartHead head = MultipartHead.Read(Read(body, at + 2, (int)Math.Max(0, end - at - 2)));
        long start = end + 4;
        long stop = FindDelimiter(body, start, delimiter);
        if (head.FileName is not null)
        {
            _files[head.Name] = new FormFile(head.FileName, head.ContentType, new FileContent(whole with { Offset = start, Length = stop - start }));
        }
        else if (stop - start <= LargestField)
        {
            _fields[head.Name] = Read(body, start, (int)(stop - start));
        }
        else
        {
            throw MultipartReader.Malformed($"the field '{head.Name}' is too long");
        }

        return stop + delimiter.Length;
    }

    // Behind a boundary stands the end of a line, or the mark of the last one; anything else is content.
    private static long FindDelimiter(FileStream body, long from, byte[] delimiter)
    {
        for (long at; (at = Find(body, from, delimiter)) >= 0; from = at + 1)
        {
            if (Read(body, at + delimiter.Length, 2) is "\r\n" or "--")
            {
                return at;
            }
        }

        throw MultipartReader.Malformed("it ends before its last boundary");
    }
}
