using Refit;

namespace Refit.Behaviour;

internal interface IPathApi
{
    [Get("/plain")]
    Task PlainAsync();

    [Get("/items/{id}/parts/{Part}")]
    Task TwoAsync(string? id, int part);

    [Get("/items/{name}")]
    Task AliasAsync([AliasAs("name")] string value);

    [Get("/files/{**path}")]
    Task CatchAllAsync(string path);

    [Get("/people/{person.Name}")]
    Task PropertyAsync(PersonQuery person);

    [Get("/shades/{shade}/{at}")]
    Task FormattedAsync(Shade shade, [Query(Format = "yyyy-MM-dd")] DateTime at);

    [Get("/search?kind=a%20b&text={text}")]
    Task RouteQueryAsync(string? text, string added);

    [Get("/unescaped")]
    [QueryUriFormat(UriFormat.Unescaped)]
    Task UnescapedAsync(string text);
}
