using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.ServiceFiles;
using ChatPS.Completion;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Gets files that a service keeps.</summary>
[Cmdlet(VerbsCommon.Get, "ChatFile", DefaultParameterSetName = IdSet)]
[OutputType(typeof(ChatFile))]
public sealed class GetChatFileCommand : ServiceCmdlet
{
    private const string IdSet = "Id";
    private const string ListSet = "List";
    private const string ObjectSet = "InputObject";

    /// <summary>The ids of files; all if not given.</summary>
    [Parameter(Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ids of files; all if not given.")]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>A file to look at again.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true, HelpMessage = "A file to look at again.")]
    public ChatFile? InputObject { get; set; }

    /// <summary>Only files for this purpose.</summary>
    [Parameter(ParameterSetName = ListSet, HelpMessage = "Only files for this purpose.")]
    [ArgumentCompleter(typeof(ListedPurposeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Purpose { get; set; }

    /// <summary>The most files to get.</summary>
    [Parameter(ParameterSetName = ListSet, HelpMessage = "The most files to get.")]
    public int First { get; set; }

    /// <summary>The order by age: asc for the oldest first, desc for the newest.</summary>
    [Parameter(ParameterSetName = ListSet, HelpMessage = "The order by age: asc for the oldest first, desc for the newest.")]
    [ValidateSet("asc", "desc")]
    public string? Order { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } file)
        {
            Attempt(file, () => Look(Connected(file.Connection), file.Id, file));
        }
        else if (Id is { } ids)
        {
            foreach (string id in ids)
            {
                Attempt(id, () => Look(Connected(), id, id));
            }
        }
        else
        {
            Attempt(null, () => List(Connected(), new FileFilter(Given(nameof(First), First)) { Purpose = Purpose, Order = Order?.ToLowerInvariant() }));
        }
    }

    private void Look(ServiceConnection service, string id, object target) =>
        Run(target, async (output, token) => await service.ServiceFiles.GetAsync(id, Call(output), token));

    private void List(ServiceConnection service, FileFilter filter) => Run(null, async (output, token) =>
    {
        await foreach (ChatFile file in service.ServiceFiles.ListAsync(filter, Call(output), token))
        {
            await output.EmitAsync(file, token);
        }

        return null;
    });
}
