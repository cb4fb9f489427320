namespace Refit.Generator;

/// <summary>A method to implement.</summary>
internal sealed record MethodModel
{
    /// <summary>The interface that declares it.</summary>
    public required string DeclaringType { get; init; }

    public required string Name { get; init; }

    public required EquatableArray<ParameterModel> Parameters { get; init; }

    public required ReturnModel Return { get; init; }

    /// <summary>The verb: the name of a member of HttpVerbs.</summary>
    public required string Verb { get; init; }

    /// <summary>The route as it was declared.</summary>
    public required string Route { get; init; }

    public required EquatableArray<UrlPart> Path { get; init; }

    /// <summary>The pairs that the route itself holds.</summary>
    public required EquatableArray<RouteQueryModel> RouteQuery { get; init; }

    public required EquatableArray<QueryModel> Query { get; init; }

    public required BodyModel? Body { get; init; }

    public required MultipartModel? Multipart { get; init; }

    /// <summary>In the order in which they are set.</summary>
    public required EquatableArray<HeaderModel> Headers { get; init; }

    public required EquatableArray<PropertyModel> Properties { get; init; }

    /// <summary>The expression of the cancellation token; null when the method has none.</summary>
    public required string? CancellationToken { get; init; }

    /// <summary>The member of UriFormat that [QueryUriFormat] asks for.</summary>
    public required string? UriFormat { get; init; }
}
