using System.Collections;
using System.Management.Automation;

namespace ChatPS.Pipeline;

/// <summary>Keeps what had arrived when a command is stopped: its pipeline takes nothing any more, but the variables that the caller named do, and <c>$Error</c>.</summary>
/// <param name="cmdlet">The command.</param>
internal sealed class StoppedOutput(PSCmdlet cmdlet)
{
    public void Keep(object output) => Variable("OutVariable")?.Add(output);

    public void Keep(ErrorRecord error)
    {
        Variable("ErrorVariable")?.Add(error);
        (cmdlet.SessionState.PSVariable.GetValue("global:Error") as IList)?.Insert(0, error);
    }

    private IList? Variable(string parameter) => cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? name)
        ? cmdlet.SessionState.PSVariable.GetValue(((string)name).TrimStart('+')) as IList
        : null;
}
