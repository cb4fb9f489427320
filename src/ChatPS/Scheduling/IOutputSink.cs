namespace ChatPS.Scheduling;

/// <summary>Where the outcome of items goes: a pipeline or a job.</summary>
internal interface IOutputSink
{
    void WriteObject(object output);

    /// <summary>Writes the error of an item.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="item">The item.</param>
    void WriteFailure(ChatServiceException failure, FailedItem item);

    void WriteVerbose(string text);

    void WriteDebug(string text);

    void WriteWarning(string text);

    void WriteProgress(ProgressReport progress);

    /// <summary>Ends the run with an error: it never returns.</summary>
    /// <param name="failure">Why it ends.</param>
    void Terminate(ChatServiceException failure);
}
