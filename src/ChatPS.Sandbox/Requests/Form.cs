using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Http;

namespace ChatPS.Sandbox.Requests;

/// <summary>The fields and files of a body that is a form, read with the API's own complaints.</summary>
internal sealed class Form
{
    private const string Type = "multipart/form-data";
    private const int LongestBoundary = 70;

    private Form(IReadOnlyList<FormPart> parts) => Parts = parts;

    /// <summary>The fields and files in the order of the body.</summary>
    public IReadOnlyList<FormPart> Parts { get; }

    /// <summary>Reads a form.</summary>
    /// <param name="contentType">The header.</param>
    /// <param name="body">The body.</param>
    /// <exception cref="ApiException">It is no form, or a malformed one.</exception>
    public static Form Read(string? contentType, ReadOnlySpan<byte> body) => new(new MultipartReader(body, BoundaryIn(contentType)).ReadAll());

    /// <summary>What stands between the parts of a form.</summary>
    /// <param name="contentType">The header.</param>
    /// <exception cref="ApiException">It is no form, or names no boundary.</exception>
    public static string BoundaryIn(string? contentType)
    {
        HeaderValue? type = HeaderValue.Parse(contentType ?? "");
        if (type?.Value.Equals(Type, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ApiException(ApiError.WrongContentType(contentType, Type));
        }

        return type["boundary"] is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary
            : throw MultipartReader.Malformed("its content type names no boundary");
    }

    /// <summary>The text of a field; null where it is left out.</summary>
    public string? Text(string name) => Parts.FirstOrDefault(part => part.Name == name && part.FileName is null)?.Text();

    public string RequiredText(string name) => Text(name) ?? throw new ApiException(ApiError.Missing(name));

    /// <summary>The files of a name, also where it is written <c>name[]</c>.</summary>
    public IEnumerable<FormPart> Files(string name) => Parts.Where(part => part.FileName is not null && (part.Name == name || part.Name == name + "[]"));

    public FormPart RequiredFile(string name) => Files(name).FirstOrDefault() ?? throw new ApiException(ApiError.Missing(name));
}
