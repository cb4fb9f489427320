namespace ChatPS.Client.Resources;

/// <summary>Which resource is meant.</summary>
/// <param name="Parent">The id of what it lies in; empty where it stands by itself.</param>
/// <param name="Id">Its id; empty for all that lie there.</param>
public sealed record ResourcePlace(string Parent, string Id)
{
    /// <summary>What the pipeline item was, for the object.</summary>
    public object? Input { get; init; }
}
