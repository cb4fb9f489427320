using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ChatPS.Module;

namespace ChatPS.Tools;

/// <summary>Runs a tool's command with typed arguments; no argument ever becomes part of a script.</summary>
internal static class ToolInvoker
{
    // Names that no caller's variable has: the command sees those of its caller.
    private const string Call = "param($__chatCommand, $__chatArguments) & $__chatCommand @__chatArguments 3>&1";

    /// <summary>Runs a tool in the runspace of this thread.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">The arguments by the names of parameters.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ToolOutcome InvokeHere(ToolCommand tool, Hashtable arguments, CancellationToken cancellationToken)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(Call, useLocalScope: true).AddArgument(tool.Command).AddArgument(arguments);
        return Invoke(shell, tool, cancellationToken);
    }

    /// <summary>Runs a tool in a runspace that is made for it, where nothing of the user's session is.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">The arguments by the names of parameters.</param>
    /// <param name="languageMode">The language mode of the user's session.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ToolOutcome InvokeApart(ToolCommand tool, Hashtable arguments, PSLanguageMode languageMode, CancellationToken cancellationToken)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        CommandInfo command = tool.Command;
        bool isOfModule = command.Module is { Path.Length: > 0 };
        if (isOfModule)
        {
            state.ImportPSModule([command.Module!.Path]);
        }

        using Runspace runspace = OwnRunspace.Open(languageMode, state);
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = runspace;
        if (!isOfModule && ToolSignature.Block(command) is { } block)
        {
            shell.AddScript(block.ToString(), useLocalScope: true).AddParameters(arguments);
        }
        else
        {
            shell.AddScript(Call, useLocalScope: true).AddArgument(command.Name).AddArgument(arguments);
        }

        return Invoke(shell, tool, cancellationToken);
    }

    // That the pipeline stops does not stop what runs within it.
    private static ToolOutcome Invoke(PowerShell shell, ToolCommand tool, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration stopping = cancellationToken.Register(() => shell.BeginStop(null, null));
        int isLate = 0;
        KeptOutput kept = new(tool.Tool.MaxOutputLength);
        List<string> errors = [];
        using (Timer timer = new(_ => Stop()))
        {
            timer.Change(tool.Tool.Timeout, Timeout.InfiniteTimeSpan);
            try
            {
                shell.Invoke(null, kept.Listen(shell));
            }
            catch (PipelineStoppedException)
            {
                // Its state says so, too.
            }
            catch (RuntimeException exception)
            {
                errors.Add(exception.ErrorRecord?.ToString() ?? exception.Message);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (Volatile.Read(ref isLate) != 0)
        {
            errors.Add(FormattableString.Invariant($"The tool was stopped: it did not end within {tool.Tool.Timeout.TotalSeconds} seconds."));
        }
        else if (shell.InvocationStateInfo.State == PSInvocationState.Stopped)
        {
            throw new PipelineStoppedException();
        }

        errors.AddRange(kept.Errors);
        string[] distinct = [.. errors.Distinct(StringComparer.Ordinal)];
        try
        {
            return new ToolOutcome(ToolOutput.Write(kept.Objects, kept.Count, distinct, kept.Warnings, tool.Tool.MaxOutputLength), errors.Count > 0, kept.Warnings);
        }
        catch (ChatServiceException failure)
        {
            return new ToolOutcome(ToolOutput.Cut($"ERROR: the output cannot be told: {failure.Message}", tool.Tool.MaxOutputLength), true, kept.Warnings);
        }

        void Stop()
        {
            if (Interlocked.Exchange(ref isLate, 1) == 0)
            {
                shell.BeginStop(null, null);
            }
        }
    }
}
