using System.Globalization;
using System.Security.Cryptography;
using ChatPS.Sandbox.Answers;
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
    public static Answer Of(EndpointCall call, byte[] content, string contentType)
    {
        HttpRequest http = call.Exchange.Http;
        string tag = TagOf(content);
        Answer whole = new() { ContentType = contentType, Bytes = content, Headers = [("ETag", tag), ("Accept-Ranges", "bytes")] };
        if (http.Header("If-None-Match")?.Split(',').Any(known => known.Trim() is "*" || known.Trim() == tag) == true)
        {
            return whole with { StatusCode = 304 };
        }

        // If-Range: a part is of use only to whom has the beginning of the same bytes.
        if (ByteRange.Read(http.Header("Range"), content.Length) is not { } range || (http.Header("If-Range") is { } expected && expected != tag))
        {
            return whole;
        }

        if (range.Length == 0)
        {
            return call.Exchange.Dialect.Fail(new ApiError(416, "The requested range cannot be satisfied.", ApiError.InvalidRequest, null, null)) with
            {
                Headers = [("Content-Range", string.Format(CultureInfo.InvariantCulture, "bytes */{0}", content.Length))],
            };
        }

        return whole with
        {
            StatusCode = 206,
            Bytes = content.AsMemory(range.Start, range.Length),
            Headers = [.. whole.Headers, ("Content-Range", string.Format(CultureInfo.InvariantCulture, "bytes {0}-{1}/{2}", range.Start, range.Start + range.Length - 1, content.Length))],
        };
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
