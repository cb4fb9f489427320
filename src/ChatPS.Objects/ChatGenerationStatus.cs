namespace ChatPS;

/// <summary>How far a long generation is, whatever the service calls it.</summary>
public enum ChatGenerationStatus
{
    /// <summary>It waits in the service's queue.</summary>
    NotStarted,

    /// <summary>The service is at work on it. A status that is not known counts as this.</summary>
    Running,

    /// <summary>The service waits for something: Invoke-ChatGenerationAction gives it.</summary>
    NeedsInput,

    /// <summary>It is done, and its results can be fetched.</summary>
    Succeeded,

    /// <summary>The service gave up.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,
}
