namespace ChatPS.Parameters;

/// <summary>
/// Marks a parameter that shapes what is asked: a checkpoint belongs to its value, and a session or a prompt file may set it.
/// A parameter without a mark is the command's alone, and a checkpoint belongs to it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AsksAttribute : Attribute
{
    /// <summary>
    /// Gets or sets whether a file may set it: a prompt file, or a session that was read from one. A file names nothing that lies
    /// outside of it, and leaves nothing behind at the service.
    /// </summary>
    public bool InPromptFile { get; set; } = true;
}
