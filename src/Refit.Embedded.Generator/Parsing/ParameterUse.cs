namespace Refit.Generator;

/// <summary>What becomes of a parameter.</summary>
internal enum ParameterUse
{
    /// <summary>Left to the route, the query, the implicit body or a part.</summary>
    Open,
    Body,
    Header,
    HeaderCollection,
    Credential,
    Property,
    CancellationToken,

    /// <summary>It fills a placeholder itself.</summary>
    Route,
}
