namespace ChatPS.Client.Runs;

/// <summary>Why another model is asked.</summary>
public enum FallbackReason
{
    /// <summary>The service failed, did not answer in time, or allows no more requests, after all retries.</summary>
    Failure,

    /// <summary>There is no such model.</summary>
    ModelNotFound,

    /// <summary>The input is longer than the model can hold.</summary>
    ContextTooLong,

    /// <summary>The service's content rules stopped the request.</summary>
    ContentFiltered,
}
