using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Scheduling;

namespace ChatPS.Pipeline;

/// <summary>Writes to the pipeline of a cmdlet, on its thread.</summary>
internal sealed class CmdletSink(AsyncCmdlet cmdlet) : IOutputSink
{
    private StoppedOutput? _stopped;

    // What is still written when the cmdlet has been stopped.
    private StoppedOutput? Stopped => cmdlet.IsStopped ? _stopped ??= new StoppedOutput(cmdlet) : null;

    public void WriteObject(object output)
    {
        object shaped = cmdlet.Shape(output);
        if (Stopped is { } stopped)
        {
            stopped.Keep(shaped);
        }
        else
        {
            cmdlet.WriteObject(shaped);
        }
    }

    public void WriteFailure(ChatServiceException failure, FailedItem item)
    {
        ErrorRecord error = Errors.ToRecord(failure, item);
        if (Stopped is { } stopped)
        {
            stopped.Keep(error);
        }
        else
        {
            cmdlet.WriteError(error);
        }
    }

    public void WriteVerbose(string text)
    {
        if (!cmdlet.IsStopped)
        {
            cmdlet.WriteVerbose(Printable.Text(text));
        }
    }

    public void WriteDebug(string text)
    {
        if (!cmdlet.IsStopped)
        {
            cmdlet.WriteDebug(Printable.Text(text));
        }
    }

    public void WriteWarning(string text)
    {
        if (!cmdlet.IsStopped)
        {
            cmdlet.WriteWarning(Printable.Text(text));
        }
    }

    public void WriteProgress(ProgressReport progress) => cmdlet.WriteProgress(progress.ToRecord());

    public void Terminate(ChatServiceException failure) => cmdlet.ThrowTerminatingError(Errors.ToRecord(failure, target: null));
}
