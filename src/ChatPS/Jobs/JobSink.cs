using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Scheduling;

namespace ChatPS.Jobs;

/// <summary>Writes to a job's streams.</summary>
internal sealed class JobSink(Job job) : IOutputSink
{
    public void WriteObject(object output) => job.Output.Add(PSObject.AsPSObject(output));

    public void WriteFailure(ChatServiceException failure, FailedItem item) => job.Error.Add(Errors.ToRecord(failure, item));

    public void WriteVerbose(string text) => job.Verbose.Add(new VerboseRecord(Printable.Text(text)));

    public void WriteDebug(string text) => job.Debug.Add(new DebugRecord(Printable.Text(text)));

    public void WriteWarning(string text) => job.Warning.Add(new WarningRecord(Printable.Text(text)));

    public void WriteProgress(ProgressReport progress) => job.Progress.Add(progress.ToRecord());

    public void Terminate(ChatServiceException failure)
    {
        WriteFailure(failure, default);
        throw failure;
    }
}
