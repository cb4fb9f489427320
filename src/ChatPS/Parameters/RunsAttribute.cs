namespace ChatPS.Parameters;

/// <summary>
/// Marks a parameter that says how a run is carried out, or that is part of each request by itself: a checkpoint does not
/// belong to its value, and only the command sets it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RunsAttribute : Attribute
{
    /// <summary>Gets or sets whether a session may hold it all the same.</summary>
    public bool InSession { get; set; }
}
