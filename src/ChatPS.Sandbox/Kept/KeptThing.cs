namespace ChatPS.Sandbox.Kept;

/// <summary>Something that a service keeps.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parent">The id of what it lies in; empty where it stands by itself.</param>
/// <param name="Shape">What is told of it.</param>
internal sealed record KeptThing(string Id, string Parent, Dictionary<string, object?> Shape)
{
    /// <summary>Its name, where that is not told.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it came with, such as a batch; null for nothing.</summary>
    public string? Group { get; init; }

    /// <summary>How often it was looked at while there was work to do.</summary>
    public int Looks { get; init; }

    /// <summary>Its content, where it has one.</summary>
    public byte[] Content { get; init; } = [];

    /// <summary>Its texts, where it has some.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}
