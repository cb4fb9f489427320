using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.ServiceFiles;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Deletes files that a service keeps.</summary>
[Cmdlet(VerbsCommon.Remove, "ChatFile", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
public sealed class RemoveChatFileCommand : ServiceCmdlet
{
    private const string IdSet = "Id";
    private const string ObjectSet = "InputObject";

    /// <summary>The ids of files.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ids of files.")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>A file.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true, HelpMessage = "A file that the service keeps.")]
    public ChatFile? InputObject { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } file)
        {
            Attempt(file, () => Delete(Connected(file.Connection), file.Id, file.FileName, file));
            return;
        }

        foreach (string id in Id)
        {
            Attempt(id, () => Delete(Connected(), id, "", id));
        }
    }

    private void Delete(ServiceConnection service, string id, string name, object target)
    {
        if (ShouldProcess(Printable.Line(name.Length > 0 ? $"{id} ({name})" : id, 200), $"Delete, by connection '{service.Settings.Name}'"))
        {
            Run(target, async (output, token) =>
            {
                await service.ServiceFiles.RemoveAsync(id, Call(output), token);
                return null;
            });
        }
    }
}
