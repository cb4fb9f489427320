using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;

namespace ChatPS.Commands;

/// <summary>Saves a skill as a zip.</summary>
[Cmdlet(VerbsData.Save, "ChatSkill", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
public sealed class SaveChatSkillCommand : SaveResourceCmdlet
{
    /// <summary>The id of the skill.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The id of the skill.")]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>A skill.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true, HelpMessage = "A skill.")]
    public ChatSkill? InputObject { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } known)
        {
            Save(new ResourcePlace("", known.Id), known.Connection, known, ".zip");
        }
        else
        {
            Save(new ResourcePlace("", Id), connection: null, Id, ".zip");
        }
    }

    private protected override Task SaveAsync(ServiceConnection service, ResourcePlace place, string path, CallSettings call, CancellationToken cancellationToken) =>
        service.Resources.SaveSkillAsync(place, path, Force, call, cancellationToken);
}
