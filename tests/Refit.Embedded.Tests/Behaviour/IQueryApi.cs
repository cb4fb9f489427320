using Refit;

namespace Refit.Behaviour;

internal interface IQueryApi
{
    [Get("/q")]
    Task TextAsync(string? text, string? other = "default");

    [Get("/q")]
    Task ValuesAsync(bool flag, double number, DateTime at, Shade shade, int? missing);

    [Get("/q")]
    Task FormatAsync([Query(Format = "0.00")] double number, [AliasAs("include[]")] string include);

    [Get("/q")]
    Task ListAsync(string[]? values);

    [Get("/q")]
    Task MultiAsync([Query(CollectionFormat.Multi)] IEnumerable<int> values);

    [Get("/q")]
    Task PipesAsync([Query(CollectionFormat.Pipes)] List<Shade> values);

    [Get("/q")]
    Task SpacesAsync([Query(CollectionFormat = CollectionFormat.Ssv)] IReadOnlyList<string> values);

    [Get("/q")]
    Task TabsAsync([Query(CollectionFormat.Tsv)] IReadOnlyList<string> values);

    [Get("/q")]
    Task MapAsync([Query] IDictionary<string, string>? extra);

    [Get("/q")]
    Task PrefixedMapAsync([Query(".", "meta")] Dictionary<string, int> extra);

    [Get("/q")]
    Task ObjectAsync(PersonQuery? person);

    [Get("/q")]
    Task PrefixedObjectAsync([Query("_", "p")] PersonQuery person);

    [Post("/q")]
    Task PostAsync(string text, [Query] PlaceQuery place);
}
