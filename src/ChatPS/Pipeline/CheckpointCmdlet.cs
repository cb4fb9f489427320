using System.Management.Automation;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Faults;
using ChatPS.Parameters;

namespace ChatPS.Pipeline;

/// <summary>What cmdlets take whose results a file can keep.</summary>
public abstract class CheckpointCmdlet : ParallelCmdlet
{
    private Checkpoint? _checkpoint;

    private protected CheckpointCmdlet()
    {
    }

    /// <summary>A file that keeps finished answers, so that a further run asks only for the rest.</summary>
    [Parameter(HelpMessage = "A file that keeps finished answers, so that a further run asks only for the rest.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>What happens to a checkpoint that was made with other parameters.</summary>
    [Parameter(HelpMessage = "What happens to a checkpoint that was made with other parameters.")]
    [Runs]
    [ValidateSet("Resume", "Append", "Replace")]
    public string CheckpointMode { get; set; } = "Resume";

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _checkpoint?.Dispose();
        }
    }

    private protected override Action HandOver()
    {
        Checkpoint? checkpoint = _checkpoint;
        _checkpoint = null;
        return () => checkpoint?.Dispose();
    }

    /// <summary>Opens the checkpoint, if there is to be one.</summary>
    /// <param name="parameters">The parameters that shape the answers.</param>
    /// <param name="command">The command that asks for them; null for this one.</param>
    /// <returns>The checkpoint, which is closed at the end of the run.</returns>
    /// <exception cref="ChatServiceException">It cannot be used; it says why.</exception>
    private protected Checkpoint? OpenCheckpoint(IReadOnlyDictionary<string, object?> parameters, string? command = null)
    {
        if (CheckpointPath is not { } given)
        {
            return IsBound(nameof(CheckpointMode))
                ? throw Failures.Invalid($"-CheckpointMode is {CheckpointMode}, but there is no -CheckpointPath.", "Name the file with -CheckpointPath.")
                : null;
        }

        string path = GetUnresolvedProviderPathFromPSPath(given);
        Client.Checkpoints.CheckpointMode mode = (Client.Checkpoints.CheckpointMode)Enum.Parse(typeof(Client.Checkpoints.CheckpointMode), CheckpointMode, ignoreCase: true);
        _checkpoint = Checkpoint.Open(path, mode, command ?? MyInvocation.MyCommand.Name, parameters);
        WriteVerbose(FormattableString.Invariant($"The checkpoint '{path}' holds {_checkpoint.StoredCount} answers."));
        if (_checkpoint.RepairedBytes > 0)
        {
            WriteVerbose(FormattableString.Invariant($"Its last line had been broken off: {_checkpoint.RepairedBytes} bytes were removed."));
        }

        return _checkpoint;
    }
}
