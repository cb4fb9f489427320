using System.Management.Automation;
using ChatPS.Client.BatchRequests;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>What cmdlets share that do something with batches which are there already.</summary>
public abstract class BatchFileCmdlet : ParallelCmdlet
{
    private protected const string ObjectSet = "InputObject";
    private protected const string PathSet = "Path";
    private protected const string IdSet = "Id";

    private protected BatchFileCmdlet()
    {
    }

    /// <summary>Batches, or the files that remember them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet, HelpMessage = "Batches, or the files that remember them.")]
    [Runs]
    [AllowNull]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <summary>The files that remember batches.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, HelpMessage = "The files that remember batches.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The service's ids of batches, also of those of other programs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, HelpMessage = "The service's ids of batches, also of those of other programs.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (ParameterSetName == PathSet)
        {
            Array.ForEach(Path, given => Attempt(given, () => Array.ForEach(FilePaths.Resolve(this, given), path => Attempt(path, () => TakeFile(path, path)))));
            return;
        }

        foreach (object? item in ParameterSetName == IdSet ? Id : (object?[])[InputObject])
        {
            int index = NextIndex();
            Attempt(item, () => Take(item), index);
        }
    }

    /// <summary>Does what the command does with a batch that was begun here.</summary>
    /// <param name="service">Its connection.</param>
    /// <param name="path">The full path of its file.</param>
    /// <param name="item">The pipeline item.</param>
    private protected abstract void Take(ServiceConnection service, string path, object item);

    /// <summary>Does what the command does with a job of the service.</summary>
    /// <param name="service">Its connection.</param>
    /// <param name="id">The service's id.</param>
    /// <param name="item">The pipeline item.</param>
    private protected abstract void TakeJob(ServiceConnection service, string id, object item);

    private void Take(object? item)
    {
        if (ParameterSetName == IdSet)
        {
            TakeJob(Connected(), (string)item!, item!);
            return;
        }

        object? bare = Bare.Of(item);
        if (bare is ChatBatch { Path: null } foreign)
        {
            TakeJob(Connected(foreign.Connection), foreign.Id, item!);
            return;
        }

        string path = bare switch
        {
            ChatBatch batch => batch.Path!,
            FileInfo file => file.FullName,
            string { Length: > 0 } text => GetUnresolvedProviderPathFromPSPath(text),
            _ => ItemMember.TryRead(item, nameof(Path), out object? kept) && PlainObject.Text(kept) is { Length: > 0 } known ? GetUnresolvedProviderPathFromPSPath(known)
                : throw Failures.Invalid("The item is no batch.", "Pipe in batches of Start-ChatBatch, or give -Path."),
        };
        TakeFile(path, item!);
    }

    private void TakeFile(string path, object item) => Take(Connected(BatchService.Read(path).Connection), path, item);
}
