namespace Refit.Generator;

/// <summary>Where a header's value comes from.</summary>
internal enum HeaderKind
{
    Fixed,
    Parameter,
    Collection,
    Credential,
}
