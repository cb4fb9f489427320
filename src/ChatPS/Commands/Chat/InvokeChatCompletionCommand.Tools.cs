using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Client.Tools;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Scheduling;
using ChatPS.Tools;

namespace ChatPS.Commands;

// The tools that are run for the model.
public sealed partial class InvokeChatCompletionCommand
{
    private ToolSet? _tools;
    private ToolRunner? _runner;
    private ToolLimits? _toolLimits;

    /// <summary>The tools that may run without asking, by name or wildcard.</summary>
    [Parameter(HelpMessage = "The tools that may run without asking, by name or wildcard.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string[]? AllowTool { get; set; }

    /// <summary>What happens to calls of tools that are not on the allow list.</summary>
    [Parameter(HelpMessage = "What happens to calls of tools that are not on the allow list.")]
    [Runs]
    [ValidateSet("Ask", "Auto", "Never", "Preview")]
    public string ToolApproval { get; set; } = "Ask";

    /// <summary>How many times the model may call tools and be told their outputs.</summary>
    [Parameter(HelpMessage = "How many times the model may call tools and be told their outputs.")]
    [Runs]
    public int MaxToolRound { get; set; } = 10;

    /// <summary>How many calls of tools the model may make for one answer.</summary>
    [Parameter(HelpMessage = "How many calls of tools the model may make for one answer.")]
    [Runs]
    public int MaxToolCall { get; set; } = 50;

    private void BeginTools()
    {
        _toolLimits = new ToolLimits(MaxToolRound, MaxToolCall);
        _toolLimits.Validate();
        if (AllowTool is not null && Tool is null)
        {
            throw Failures.Invalid($"-AllowTool '{string.Join(", ", AllowTool)}' was given without -Tool.", "Give the tools themselves with -Tool.");
        }

        _tools = ToolSet.Read(this, Tool);
        if (!_tools.IsRun)
        {
            return;
        }

        if (N > 1)
        {
            throw Failures.Invalid($"-N is {N}, and -Tool has tools that are run; only one answer can go on with their outputs.", "Leave out -N, or give -Tool definitions in the service's form and run their calls yourself.");
        }

        ToolGate gate = CreateGate();
        CheckJob(gate);
        _runner = new ToolRunner(_tools, gate, AsJob ? SessionState.LanguageMode : null);
    }

    private ToolGate CreateGate()
    {
        foreach (string name in AllowTool ?? [])
        {
            if (!WildcardPattern.ContainsWildcardCharacters(name) && _tools!.Find(name) is null)
            {
                throw Failures.Invalid($"-AllowTool: there is no tool '{name}'.", NearestNames.Advise(name, _tools.Names, $"The tools are: {string.Join(", ", _tools.Names)}."));
            }
        }

        bool asks = string.Equals(ToolApproval, "Ask", StringComparison.OrdinalIgnoreCase);
        return new ToolGate
        {
            Allowed = [.. (AllowTool ?? []).Select(Wildcards.Of)],
            AllowsAll = string.Equals(ToolApproval, "Auto", StringComparison.OrdinalIgnoreCase),
            Host = asks && !AsJob && InteractiveConsole.CanAnswer(Host) ? Host : null,
            IsPreview = IsPreview,
            Show = AsJob ? null : text => WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]),
            ShouldProcess = AsJob ? null : (target, action) => ShouldProcess(target, action),
        };
    }

    // Nobody can ask from the background, where the command itself is over.
    private void CheckJob(ToolGate gate)
    {
        if (!AsJob)
        {
            return;
        }

        if (IsWhatIf || MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm) && confirm is SwitchParameter { IsPresent: true })
        {
            throw Failures.Invalid("-WhatIf and -Confirm cannot show or ask from a job.", "Leave out -AsJob, or -WhatIf and -Confirm.");
        }

        if (_tools!.Names.FirstOrDefault(name => !gate.IsPreview && !gate.IsAllowed(name)) is { } unapproved)
        {
            throw Failures.Invalid($"-AsJob: nobody can be asked about the tool '{unapproved}' in a job.", $"Allow it with -AllowTool {unapproved}, or all tools with -ToolApproval Auto.");
        }
    }

    /// <inheritdoc />
    private protected override bool WritesCheckpoint => !IsWhatIf && (_runner is null || !IsPreview);

    private bool IsPreview => string.Equals(ToolApproval, "Preview", StringComparison.OrdinalIgnoreCase);

    private Task<ChatCompletion> CompleteAsync(ServiceConnection service, ChatRequest request, ItemOutput output, CancellationToken token) => _runner is null
        ? service.Chat.CompleteAsync(request, Call(output), Plan, token)
        : Loop(service, output).CompleteAsync(request, Call(output), Plan, token);

    private IAsyncEnumerable<ChatCompletionUpdate> StreamAsync(ServiceConnection service, ChatRequest request, ItemOutput output, CancellationToken token) => _runner is null
        ? service.Chat.StreamAsync(request, Call(output), Plan, token)
        : Loop(service, output).StreamAsync(request, Call(output), Plan, token);

    private ToolLoop Loop(ServiceConnection service, ItemOutput output) =>
        new(service.Chat, _toolLimits!, _tools!.IsLeft, (call, token) => _runner!.RunAsync(call, output, token));
}
