using System.Management.Automation;

namespace ChatPS.Scheduling;

/// <summary>Writes to the pipeline of a cmdlet, on its thread.</summary>
internal sealed class CmdletSink(Cmdlet cmdlet) : IOutputSink
{
    public void WriteObject(object output) => cmdlet.WriteObject(output);

    public void WriteFailure(ChatServiceException failure, object? target) => cmdlet.WriteError(Errors.ToRecord(failure, target));

    public void WriteVerbose(string text) => cmdlet.WriteVerbose(text);

    public void WriteDebug(string text) => cmdlet.WriteDebug(text);

    public void WriteWarning(string text) => cmdlet.WriteWarning(text);

    public void WriteProgress(ProgressReport progress) => cmdlet.WriteProgress(progress.ToRecord());

    public void Terminate(ChatServiceException failure) => cmdlet.ThrowTerminatingError(Errors.ToRecord(failure, target: null));
}
