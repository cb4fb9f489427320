using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using ChatPS.Scheduling;

namespace ChatPS.Tools;

/// <summary>Runs the calls of a model, one at a time, on the thread that the output is written on.</summary>
/// <param name="tools">The tools.</param>
/// <param name="gate">Decides which calls may run.</param>
/// <param name="apart">The language mode of runspaces of their own in which tools run, because the user's is busy with other things; null for the user's.</param>
internal sealed class ToolRunner(ToolSet tools, ToolGate gate, PSLanguageMode? apart)
{
    /// <summary>Has a call run in the item's turn.</summary>
    /// <param name="call">The call, which gets its output.</param>
    /// <param name="output">The item's output.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Done when the tool has run or was refused.</returns>
    public async Task RunAsync(ChatToolCall call, ItemOutput output, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> ran = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // A pipeline that has had enough does nothing any more of what was handed to it.
        using CancellationTokenRegistration end = cancellationToken.Register(() => ran.TrySetCanceled(cancellationToken));
        output.Post(() => RunNow(call, output, ran, cancellationToken));
        await ran.Task;
    }

    private void RunNow(ChatToolCall call, ItemOutput output, TaskCompletionSource<bool> ran, CancellationToken cancellationToken)
    {
        if (ran.Task.IsCompleted)
        {
            return;
        }

        bool isOver = false;
        try
        {
            Run(call, output, cancellationToken);
            isOver = ran.TrySetResult(true);
        }
        catch (ChatServiceException failure)
        {
            isOver = ran.TrySetException(failure);
        }
        finally
        {
            if (!isOver)
            {
                ran.TrySetCanceled(CancellationToken.None);
            }
        }
    }

    private void Run(ChatToolCall call, ItemOutput output, CancellationToken cancellationToken)
    {
        if (tools.Find(call.Name) is not { } tool)
        {
            Fail(call, $"There is no tool '{ToolGate.Printable(call.Name)}'. The tools are: {string.Join(", ", tools.Names)}.");
            return;
        }

        Dictionary<string, object?> arguments;
        try
        {
            arguments = tool.Read(call.Arguments);
        }
        catch (ToolArgumentException failure)
        {
            Fail(call, "ERROR: " + failure.Message);
            return;
        }

        if (gate.Refuse(tool.Tool.Name, call.Arguments, output.Warning) is { } reason)
        {
            Fail(call, reason);
            call.Refused = true;
            return;
        }

        // Making the values may run code: that of their types, too, waits for the answer.
        Hashtable splat;
        try
        {
            splat = tool.Splat(tool.Convert(arguments));
        }
        catch (ToolArgumentException failure)
        {
            Fail(call, "ERROR: " + failure.Message);
            return;
        }

        long start = Stopwatch.GetTimestamp();
        ToolOutcome outcome = apart is { } languageMode ? ToolInvoker.InvokeApart(tool, splat, languageMode, cancellationToken) : ToolInvoker.InvokeHere(tool, splat, cancellationToken);
        call.Elapsed = TimeSpan.FromSeconds((double)(Stopwatch.GetTimestamp() - start) / Stopwatch.Frequency);
        call.Output = outcome.Text;
        call.IsError = outcome.IsError;
        foreach (string warning in outcome.Warnings)
        {
            output.Warning(warning);
        }

        output.Verbose(FormattableString.Invariant($"Tool {tool.Tool.Name}: {outcome.Text.Length} characters in {call.Elapsed.Value.TotalMilliseconds:0} ms{(outcome.IsError ? ", with errors" : "")}."));
    }

    private static void Fail(ChatToolCall call, string message)
    {
        call.Output = message;
        call.IsError = true;
    }
}
