using ChatPS.Client.Faults;

namespace ChatPS.Client.Kept;

/// <summary>Which stored completions are wanted, and in which order.</summary>
public sealed record StoredCompletionFilter
{
    /// <summary>The model that was asked; null for any.</summary>
    public string? Model { get; init; }

    /// <summary>Notes that must be among those kept with the completion.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Whether the newest come first.</summary>
    public bool Descending { get; init; }

    /// <summary>The most completions to give; null for all.</summary>
    public int? First { get; init; }

    /// <summary>Finds values that no service takes, before anything is sent.</summary>
    /// <exception cref="ChatServiceException">A value is out of range; it says which.</exception>
    public void Validate()
    {
        ParameterRules.AtLeast(First, 1, "-First");
        ParameterRules.Metadata(Metadata);
    }
}
