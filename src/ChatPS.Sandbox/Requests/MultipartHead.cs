using ChatPS.Sandbox.Http;

namespace ChatPS.Sandbox.Requests;

/// <summary>What the head of a part of a form tells.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="FileName">The name of the file; null for a field.</param>
/// <param name="ContentType">The type of the content; null where none is told.</param>
internal sealed record MultipartHead(string Name, string? FileName, string? ContentType)
{
    /// <summary>Reads the lines of a head.</summary>
    /// <param name="text">The lines.</param>
    /// <returns>What they tell.</returns>
    /// <exception cref="Answers.ApiException">They are malformed.</exception>
    public static MultipartHead Read(string text)
    {
        Dictionary<string, string> head = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in text.Split(["\r\n"], StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':');
            if (colon <= 0)
            {
                throw MultipartReader.Malformed("a line in the head of a part has no name");
            }

            head[line.Substring(0, colon).Trim()] = line.Substring(colon + 1).Trim();
        }

        HeaderValue? disposition = head.TryGetValue("Content-Disposition", out string? value) ? HeaderValue.Parse(value) : null;
        return disposition?.Value.Equals("form-data", StringComparison.OrdinalIgnoreCase) == true && disposition["name"] is { } name
            ? new MultipartHead(name, FileNameIn(disposition), head.TryGetValue("Content-Type", out string? type) ? type : null)
            : throw MultipartReader.Malformed("a part has no name");
    }

    // filename*=utf-8''... says it exactly.
    private static string? FileNameIn(HeaderValue disposition) => disposition["filename*"]?.Split('\'') is [_, _, { } encoded]
        ? Uri.UnescapeDataString(encoded)
        : disposition["filename"];
}
