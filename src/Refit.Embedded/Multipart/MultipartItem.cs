using System.Net.Http.Headers;

namespace Refit;

/// <summary>A file part of a multipart form.</summary>
internal abstract class MultipartItem
{
    protected MultipartItem(string fileName, string? contentType)
    {
        FileName = fileName ?? throw new ArgumentNullException(nameof(fileName));
        ContentType = contentType;
    }

    protected MultipartItem(string fileName, string? contentType, string? name)
        : this(fileName, contentType) => Name = name;

    /// <summary>The part's name; the parameter's name unless given.</summary>
    public string? Name { get; }

    /// <summary>The media type; none is sent unless given.</summary>
    public string? ContentType { get; }

    /// <summary>The name of the file.</summary>
    public string FileName { get; }

    /// <summary>Makes the part's content.</summary>
    public HttpContent ToContent()
    {
        HttpContent content = CreateContent();
        if (!string.IsNullOrEmpty(ContentType))
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        }

        return content;
    }

    /// <summary>Makes the content, without its media type.</summary>
    protected abstract HttpContent CreateContent();
}
