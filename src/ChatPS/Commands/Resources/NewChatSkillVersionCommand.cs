using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;

namespace ChatPS.Commands;

/// <summary>Makes new versions of skills.</summary>
[Cmdlet(VerbsCommon.New, "ChatSkillVersion", DefaultParameterSetName = SkillSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatSkillVersion))]
public sealed class NewChatSkillVersionCommand : ResourceCmdlet
{
    private const string IdSet = "Id";
    private const string SkillSet = "Skill";

    /// <summary>The id of the skill.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, HelpMessage = "The id of the skill.")]
    [ValidateNotNullOrEmpty]
    public string SkillId { get; set; } = "";

    /// <summary>A skill.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = SkillSet, HelpMessage = "A skill, from the pipeline.")]
    public ChatSkill? Skill { get; set; }

    /// <summary>The folder with a file SKILL.md, or a zip of one.</summary>
    [Parameter(Mandatory = true, HelpMessage = "The folder with a file SKILL.md, or a zip of one.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Uses this version from now on, where none is named.</summary>
    [Parameter(HelpMessage = "Uses this version from now on, where none is named.")]
    public SwitchParameter Default { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object item = (object?)Skill ?? SkillId;
        Attempt(item, () =>
        {
            ServiceConnection service = Connected(Skill?.Connection);
            IReadOnlyList<LocalFile> files = LocalFile.FindAll(GetUnresolvedProviderPathFromPSPath(Path), "-Path");
            ResourcePlace place = new(Skill?.Id ?? SkillId, "") { Input = item };
            bool? uses = IsBound(nameof(Default)) ? Default.IsPresent : null;
            if (ShouldProcess(place.Parent, "Make a version of the skill"))
            {
                Run(item, async (output, token) => await service.Resources.CreateSkillVersionAsync(place, files, uses, Call(output), token));
            }
        });
    }
}
