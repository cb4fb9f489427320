using System.Globalization;
using System.Security.Cryptography;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Http;

namespace ChatPS.Sandbox.Families;

/// <summary>Answers with bytes: all of them, or the part that is asked for, so that a download can be taken up again.</summary>
internal static class Download
{
    /// <summary>Answers a request for bytes.</summary>
    /// <param name="call">The request.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="contentType">Their type.</param>
    /// <returns>200 with all, 206 with a part, 304 where the client has them, or 416 where there is no such part.</returns>
    public static Answer Of(EndpointCall call, byte[] content, string contentType) => Of(
        call, content.Length, TagOf(content), contentType, (answer, start, length) => answer with { Bytes = content.AsMemory((int)start, (int)length) });

    /// <summary>Answers a request for a file.</summary>
    /// <param name="call">The request.</param>
    /// <param name="file">The file, whose bytes never change.</param>
    /// <returns>200 with all, 206 with a part, 304 where the client has them, or 416 where there is no such part.</returns>
    public static Answer Of(EndpointCall call, StoredFile file) => Of(
        call,
        file.Bytes,
        "\"" + file.Id + "\"",
        file.MimeType,
        (answer, start, length) => answer with { File = () => file.Content.OpenRead(start, length), FileLength = length });

    private static Answer Of(EndpointCall call, long size, string tag, string contentType, Func<Answer, long, long, Answer> part)
    {
        HttpRequest http = call.Exchange.Http;
        Answer whole = new() { ContentType = contentType, Headers = [("ETag", tag), ("Accept-Ranges", "bytes")] };
        if (http.Header("If-None-Match")?.Split(',').Any(known => known.Trim() is "*" || known.Trim() == tag) == true)
        {
            return whole with { StatusCode = 304 };
        }

        // If-Range: a part is of use only to whom has the beginning of the same bytes.
        if (ByteRange.Read(http.Header("Range"), size) is not { } range || (http.Header("If-Range") is { } expected && expected != tag))
        {
            return part(whole, 0, size);
        }

        if (range.Length == 0)
        {
            return call.Exchange.Dialect.Fail(new ApiError(416, "The requested range cannot be satisfied.", ApiError.InvalidRequest, null, null)) with
            {
                Headers = [("Content-Range", string.Format(CultureInfo.InvariantCulture, "bytes */{0}", size))],
            };
        }

        Answer partial = whole with
        {
            StatusCode = 206,
            Headers = [.. whole.Headers, ("Content-Range", string.Format(CultureInfo.InvariantCulture, "bytes {0}-{1}/{2}", range.Start, range.Start + range.Length - 1, size))],
        };
        return part(partial, range.Start, range.Length);
    }

    private static string TagOf(byte[] content)
    {
#if NET8_0_OR_GREATER
        byte[] hash = SHA256.HashData(content);
#else
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(content);
#endif
        return "\"" + Convert.ToBase64String(hash) + "\"";
    }
}
