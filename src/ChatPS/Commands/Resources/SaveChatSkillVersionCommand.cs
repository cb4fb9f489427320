using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Saves a version of a skill as a zip.</summary>
[Cmdlet(VerbsData.Save, "ChatSkillVersion", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
public sealed class SaveChatSkillVersionCommand : SaveResourceCmdlet
{
    /// <summary>The skill, or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The skill, or its id.")]
    [Alias("SkillId")]
    [KeptTransformation(typeof(ChatSkill))]
    public ChatSkill? Skill { get; set; }

    /// <summary>The version, as the service numbers it.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The version, as the service numbers it.")]
    [ValidateNotNullOrEmpty]
    public string Version { get; set; } = "";

    /// <summary>A version of a skill.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true, HelpMessage = "A version of a skill.")]
    public ChatSkillVersion? InputObject { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } known)
        {
            Save(new ResourcePlace(known.SkillId, known.Version), known.Connection, known, ".zip");
        }
        else
        {
            Save(new ResourcePlace(Skill!.Id, Version), Skill!.Connection, Version, ".zip");
        }
    }

    private protected override Task SaveAsync(ServiceConnection service, ResourcePlace place, string path, CallSettings call, CancellationToken cancellationToken) =>
        service.Resources.SaveSkillAsync(place, path, Force, call, cancellationToken);
}
