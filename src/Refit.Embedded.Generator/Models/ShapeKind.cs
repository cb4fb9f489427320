namespace Refit.Generator;

/// <summary>The shape of a type, as far as queries and forms go.</summary>
internal enum ShapeKind
{
    Unsupported,

    /// <summary>One text.</summary>
    Value,

    /// <summary>Many values.</summary>
    Collection,

    /// <summary>Values by key.</summary>
    Map,

    /// <summary>Public properties.</summary>
    Object,
}
