using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ChatPS.Conversion;
using ChatPS.Module;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandboxes;

/// <summary>
/// Runs the script blocks of a sandbox in a runspace of their own, one at a time, so that a sandbox can answer while the
/// session that started it is busy asking. They see nothing of that session but its language mode.
/// </summary>
internal sealed class SandboxScripts : IDisposable
{
    private readonly object _lock = new();
    private readonly Runspace _runspace;

    public SandboxScripts(PSLanguageMode languageMode) => _runspace = OwnRunspace.Open(languageMode, InitialSessionState.CreateDefault());

    public Func<SandboxRequest, object?> Wrap(ScriptBlock script)
    {
        string text = script.ToString();
        return request => Invoke(text, request);
    }

    public void Dispose() => _runspace.Dispose();

    private object? Invoke(string script, SandboxRequest request)
    {
        lock (_lock)
        {
            using PowerShell shell = PowerShell.Create();
            shell.Runspace = _runspace;
            shell.AddScript("param($Request) $Request | ForEach-Object {" + script + "\n}").AddArgument(SandboxRequests.Describe(request, ""));
            System.Collections.ObjectModel.Collection<PSObject> output = shell.Invoke();
            return output.Count switch
            {
                0 => null,
                1 => PlainObject.From(output[0]),
                _ => string.Join("\n", output.Select(PlainObject.Text)),
            };
        }
    }
}
