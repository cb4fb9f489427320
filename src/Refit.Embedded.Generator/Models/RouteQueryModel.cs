namespace Refit.Generator;

/// <summary>A pair of the query that the route itself holds.</summary>
internal sealed record RouteQueryModel(string Key, EquatableArray<UrlPart> Value);
