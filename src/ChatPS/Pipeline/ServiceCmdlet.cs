using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Usage;
using ChatPS.Completion;
using ChatPS.Connections;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Prices;
using ChatPS.Scheduling;

namespace ChatPS.Pipeline;

/// <summary>What every cmdlet that calls a service takes.</summary>
public abstract class ServiceCmdlet : AsyncCmdlet
{
    private CallSettings _call = CallSettings.None;
    private bool _isVerbose;
    private ProgressMeter? _progress;
    private bool _isDebug;

    private protected ServiceCmdlet()
    {
    }

    /// <summary>The connection to use; the default one if not given.</summary>
    [Parameter(HelpMessage = "The connection to use; the default one if not given.")]
    [Runs]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string? Connection { get; set; }

    /// <summary>How many seconds an attempt, or the gap between two events of a stream, may last.</summary>
    [Parameter(HelpMessage = "How many seconds an attempt, or the gap between two events of a stream, may last.")]
    [Runs(InSession = true)]
    public virtual double TimeoutSec { get; set; }

    /// <summary>How often a failed request is tried again.</summary>
    [Parameter(HelpMessage = "How often a failed request is tried again.")]
    [Runs(InSession = true)]
    public int MaxRetry { get; set; }

    /// <summary>Headers to add to the request.</summary>
    [Parameter(HelpMessage = "Headers to add to the request.")]
    [Runs]
    public IDictionary? AdditionalHeader { get; set; }

    /// <summary>Query fields to add to the request's address.</summary>
    [Parameter(HelpMessage = "Query fields to add to the request's address.")]
    [Runs]
    public IDictionary? AdditionalQuery { get; set; }

    /// <summary>Members to add to the request's JSON, or to put in place of its own.</summary>
    [Parameter(HelpMessage = "Members to add to the request's JSON, or to put in place of its own.")]
    public IDictionary? AdditionalBody { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing() => _call = Require(() =>
    {
        List<string> secrets = [];
        CallSettings call = new()
        {
            Timeout = AttemptLimit,
            MaxRetry = IsBound(nameof(MaxRetry)) ? MaxRetry : null,
            AdditionalHeader = PlainObject.ToFields(AdditionalHeader, secrets),
            AdditionalQuery = PlainObject.ToFields(AdditionalQuery, secrets),
            AdditionalBody = AdditionalBody is null ? null : PlainObject.FromDictionary(AdditionalBody, "-AdditionalBody"),
            Secrets = secrets,
            IsQuiet = IsBound("Quiet"),
        };
        BoundSecrets.Hide(this);
        call.Validate();
        if (UserPrices.Read(this) is { } usual)
        {
            call = call with { UsualPrices = usual };
        }

        _isVerbose = Wants("Verbose", "VerbosePreference");
        _isDebug = Wants("Debug", "DebugPreference");
        return call;
    });

    /// <summary>Gets how long an attempt may last; null for as long as the connection says.</summary>
    private protected virtual TimeSpan? AttemptLimit => IsBound(nameof(TimeoutSec)) ? Seconds.ToTimeSpan(TimeoutSec, "-TimeoutSec") : null;

    /// <summary>Gets what each call does otherwise than its connection says.</summary>
    private protected CallSettings Settings => _call;

    /// <summary>What a call does otherwise than its connection says; its verbose lines and warnings leave with the item's output.</summary>
    /// <param name="output">The item's output.</param>
    /// <returns>The settings.</returns>
    private protected CallSettings Call(ItemOutput output)
    {
        CallSettings call = _call with
        {
            Verbose = _isVerbose ? output.Verbose : null,
            Debug = _isDebug ? output.Debug : null,
            Warning = output.Warning,
        };
        return IsWatched ? call with { Watch = output.Watch ??= new CallWatch() } : call;
    }

    /// <summary>Gets or sets whether somebody sees what the calls are at.</summary>
    private protected bool IsWatched { get; set; }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        base.EndProcessing();
        _progress?.Complete();
    }

    /// <summary>Shows no more progress: the answer itself is on the screen.</summary>
    private protected void HideProgress() => _progress?.Hide();

    private protected override Scheduler CreateScheduler()
    {
        Scheduler scheduler = base.CreateScheduler();
        if (InteractiveConsole.IsThere(Host) && ShowsProgress)
        {
            ProgressMeter progress = new(new CmdletSink(this), MyInvocation.MyCommand.Name, total: null, Stopwatch.GetTimestamp);
            scheduler.Changed = () => progress.Report(scheduler);
            _progress = progress;
            IsWatched = true;
        }

        return scheduler;
    }

    /// <summary>Sets the prices that the cost of answers is calculated from.</summary>
    /// <param name="prices">The prices; null for none.</param>
    private protected void UsePrices(PriceTable? prices) => _call = _call with { Prices = prices };

    private protected ServiceConnection Connected(string? preferred = null) => Find(Connection ?? preferred);

    private protected ServiceConnection ServiceOf(string? name) => name is null ? Connected() : Find(name);

    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private protected T? Given<T>(string parameter, T value)
        where T : struct => IsBound(parameter) ? value : null;

    private bool ShowsProgress =>
        !IsBound("Quiet") && GetVariableValue("ProgressPreference") is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore or "SilentlyContinue" or "Ignore");

    private ServiceConnection Find(string? name) => KnownConnections.Find(this, name);

    private bool Wants(string parameter, string preference) => MyInvocation.BoundParameters.TryGetValue(parameter, out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : GetVariableValue(preference) is not (null or ActionPreference.SilentlyContinue or "SilentlyContinue");
}
