using Refit;

namespace Refit.Behaviour;

internal interface IMultipartApi
{
    [Multipart]
    [Post("/m")]
    Task<string> FileAsync(StreamPart file, [AliasAs("why")] string purpose, [Query] string added, string? missing = null);

    [Multipart("fixed-boundary")]
    [Post("/m/{id}")]
    Task KindsAsync(int id, byte[] bytes, Stream stream, FileInfo info, Person person, HttpContent content, [Header("X-H")] string header);

    [Multipart]
    [Post("/m")]
    Task ManyAsync([AliasAs("image[]")] IEnumerable<ByteArrayPart> images, [AliasAs("tag")] string[] tags);

    [Multipart]
    [Post("/m")]
    Task FilePartAsync(FileInfoPart file);
}
