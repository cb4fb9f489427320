namespace ChatPS.Client.Calls;

/// <summary>The service asked for a pause that is too long to sit out.</summary>
internal sealed class PausedException(TimeSpan wait) : Exception("The service asked for a long pause.")
{
    public TimeSpan Wait { get; } = wait;
}
