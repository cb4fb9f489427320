using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Log;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Module;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Reads the log that a connection keeps of its calls, or adds it up.</summary>
[Cmdlet(VerbsCommon.Get, "ChatLog")]
[OutputType(typeof(ChatLogEntry), typeof(ChatLogTotal))]
public sealed class GetChatLogCommand : PSCmdlet
{
    private LogTotals? _totals;

    /// <summary>The file; that of the default connection if not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "The file of the log; that of the default connection if not given.")]
    [Alias("LogPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The time from which on calls are wanted.</summary>
    [Parameter(HelpMessage = "The time from which on calls are wanted.")]
    public DateTime Since { get; set; }

    /// <summary>The time before which calls are wanted.</summary>
    [Parameter(HelpMessage = "The time before which calls are wanted.")]
    public DateTime Until { get; set; }

    /// <summary>Names of models, or wildcards.</summary>
    [Parameter(HelpMessage = "Names of models, asked or answered, or wildcards.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Model { get; set; }

    /// <summary>Names of connections, or wildcards.</summary>
    [Parameter(HelpMessage = "Names of connections, or wildcards.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>Names of users, or wildcards.</summary>
    [Parameter(HelpMessage = "Names of users, or wildcards.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? User { get; set; }

    /// <summary>What to add up by.</summary>
    [Parameter(HelpMessage = "Adds the calls up by day, model, user or connection.")]
    [ValidateSet("Day", "Model", "User", "Connection")]
    public string? Sum { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing() => _totals = Sum is null ? null : new LogTotals(Sum);

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string? given in Path ?? (IEnumerable<string?>)[null])
        {
            string? path = given;
            try
            {
                path = given is null ? OfDefault() : GetUnresolvedProviderPathFromPSPath(given);
                Read(path);
            }
            catch (ChatServiceException failure)
            {
                WriteError(Errors.ToRecord(failure, path));
            }
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing() => WriteObject(_totals?.All ?? [], enumerateCollection: true);

    private static string OfDefault() => ModuleState.Connections.TryFind(null, ModuleState.RunspaceId)?.Settings.LogPath ?? throw Failures.Invalid(
        "-Path is not given, and the default connection keeps no log.", "Name the file that was given to Connect-ChatService -LogPath.");

    private void Read(string path)
    {
        WildcardPattern[] models = Patterns(Model);
        WildcardPattern[] connections = Patterns(Connection);
        WildcardPattern[] users = Patterns(User);
        DateTimeOffset? since = MyInvocation.BoundParameters.ContainsKey(nameof(Since)) ? new DateTimeOffset(Since) : null;
        DateTimeOffset? until = MyInvocation.BoundParameters.ContainsKey(nameof(Until)) ? new DateTimeOffset(Until) : null;
        foreach (ChatLogEntry entry in AuditReader.Read(path, (file, count) => WriteWarning($"{count} lines of '{file}' are no entries of a log and were left out.")))
        {
            if (entry.Time < since || entry.Time >= until || !Fits(connections, entry.Connection) || !Fits(users, entry.User)
                || !(Fits(models, entry.Model ?? "") || Fits(models, entry.RequestedModel ?? "")))
            {
                continue;
            }

            if (_totals is null)
            {
                WriteObject(entry);
            }
            else
            {
                _totals.Add(entry);
            }
        }
    }

    private static WildcardPattern[] Patterns(string[]? names) => [.. (names ?? []).Select(Wildcards.Of)];

    private static bool Fits(WildcardPattern[] patterns, string name) => patterns.Length == 0 || Array.Exists(patterns, pattern => pattern.IsMatch(name));
}
