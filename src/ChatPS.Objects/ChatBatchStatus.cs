namespace ChatPS;

/// <summary>How far a batch, or a part of one, is, whatever the service calls it.</summary>
public enum ChatBatchStatus
{
    /// <summary>It is being written on this machine; nothing has been sent.</summary>
    Writing,

    /// <summary>It is written, and waits to be uploaded or started: for this machine, or for room in the service's queue.</summary>
    Waiting,

    /// <summary>The service checks it.</summary>
    Validating,

    /// <summary>The service is at work on it. A status that is not known counts as this.</summary>
    InProgress,

    /// <summary>The service puts the results together.</summary>
    Finalizing,

    /// <summary>It is being stopped.</summary>
    Cancelling,

    /// <summary>The service is done with it. Single requests may have failed all the same.</summary>
    Completed,

    /// <summary>The service refused it as a whole.</summary>
    Failed,

    /// <summary>Its time ran out. What was done until then has results.</summary>
    Expired,

    /// <summary>It was stopped. What was done until then has results.</summary>
    Cancelled,
}
