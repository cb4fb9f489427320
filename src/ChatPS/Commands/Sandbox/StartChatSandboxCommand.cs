using System.Collections;
using System.Management.Automation;
using System.Security;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Module;
using ChatPS.Sandbox;
using ChatPS.Sandboxes;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Starts a server on this machine that speaks the API, to try things without a key and to test runbooks.</summary>
[Cmdlet(VerbsLifecycle.Start, "ChatSandbox", SupportsShouldProcess = true)]
[OutputType(typeof(ChatSandbox))]
public sealed class StartChatSandboxCommand : PSCmdlet
{
    private const int LongestWait = 10 * 60 * 1000;

    /// <summary>The name to find it by.</summary>
    [Parameter(Position = 0, HelpMessage = "The name to find it by.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = SandboxRegistry.DefaultName;

    /// <summary>The port; 0 for a free one.</summary>
    [Parameter(HelpMessage = "The port; 0 for a free one.")]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>What to answer.</summary>
    [Parameter(HelpMessage = "What to answer.")]
    public object[] Response { get; set; } = [];

    /// <summary>What to do wrong.</summary>
    [Parameter(HelpMessage = "What to do wrong.")]
    [ArgumentCompleter(typeof(FaultCompleter))]
    public object[] Fault { get; set; } = [];

    /// <summary>Milliseconds to wait before each answer.</summary>
    [Parameter(HelpMessage = "Milliseconds to wait before each answer.")]
    [ValidateRange(0, LongestWait)]
    public int LatencyMs { get; set; }

    /// <summary>Milliseconds to wait between the pieces of a streamed answer.</summary>
    [Parameter(HelpMessage = "Milliseconds to wait between the pieces of a streamed answer.")]
    [ValidateRange(0, LongestWait)]
    public int ChunkDelayMs { get; set; }

    /// <summary>The key to ask for; none is needed if not given.</summary>
    [Parameter(HelpMessage = "The key to ask for; none is needed if not given.")]
    [SecretTransformation]
    public SecureString? RequireKey { get; set; }

    /// <summary>The models to list.</summary>
    [Parameter(HelpMessage = "The models to list.")]
    [ValidateNotNullOrEmpty]
    public string[]? Model { get; set; }

    /// <summary>What the services are to allow.</summary>
    [Parameter(HelpMessage = "What the services are to allow, such as the largest file.")]
    public Hashtable? Limit { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (!ShouldProcess(Name, "Start a sandbox"))
        {
            return;
        }

        SandboxScripts? scripts = null;
        try
        {
            SandboxScriptReader reader = new(() => scripts ??= new SandboxScripts(SessionState.LanguageMode));
            SandboxOptions options = new()
            {
                Port = Port,
                Latency = TimeSpan.FromMilliseconds(LatencyMs),
                ChunkDelay = TimeSpan.FromMilliseconds(ChunkDelayMs),
                RequiredKey = RequireKey is null ? null : new System.Net.NetworkCredential("", RequireKey).Password,
                Rules = [.. Response.SelectMany(reader.ReadRules)],
                Faults = [.. Fault.Select(SandboxScriptReader.ReadFault)],
                RefusesOtherModels = Model is not null,
                Models = Model ?? new SandboxOptions().Models,
                Limits = SandboxLimitReader.Read(Limit),
            };
            WriteObject(ModuleState.Sandboxes.Start(Name, options, scripts).Describe());
        }
        catch (ChatServiceException failure)
        {
            scripts?.Dispose();
            ThrowTerminatingError(Errors.ToRecord(failure, Name));
        }
    }
}
