namespace Refit;

/// <summary>How a collection is written in a query or a form.</summary>
internal enum CollectionFormat
{
    /// <summary>Each item formatted, joined with commas.</summary>
    RefitParameterFormatter = 0,

    /// <summary>Joined with commas.</summary>
    Csv = 1,

    /// <summary>Joined with spaces.</summary>
    Ssv = 2,

    /// <summary>Joined with tabs.</summary>
    Tsv = 3,

    /// <summary>Joined with vertical bars.</summary>
    Pipes = 4,

    /// <summary>The key is repeated for each item.</summary>
    Multi = 5,
}
