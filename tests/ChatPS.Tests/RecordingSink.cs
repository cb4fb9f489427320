using ChatPS.Scheduling;

namespace ChatPS.Tests;

/// <summary>Keeps what is written, and throws where a pipeline that has had enough would.</summary>
internal sealed class RecordingSink : IOutputSink
{
    public List<object> Objects { get; } = [];

    public List<(string ErrorId, object? Target)> Failures { get; } = [];

    public List<ProgressReport> Reports { get; } = [];

    public HashSet<int> Threads { get; } = [];

    public ChatServiceException? End { get; private set; }

    /// <summary>After how many objects the pipeline has had enough.</summary>
    public int Enough { get; init; } = int.MaxValue;

    public void WriteObject(object output)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        Objects.Add(output);
        if (Objects.Count == Enough)
        {
            throw new EnoughException();
        }
    }

    public void WriteFailure(ChatServiceException failure, FailedItem item)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        Failures.Add((failure.ErrorId, item.Target));
    }

    public void WriteVerbose(string text) => Objects.Add(text);

    public void WriteDebug(string text) => Objects.Add(text);

    public void WriteWarning(string text) => Objects.Add(text);

    public void WriteProgress(ProgressReport progress) => Reports.Add(progress);

    public void Terminate(ChatServiceException failure)
    {
        End = failure;
        throw failure;
    }

    internal sealed class EnoughException : Exception;
}
