using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Makes new versions of skills.</summary>
[Cmdlet(VerbsCommon.New, "ChatSkillVersion", SupportsShouldProcess = true)]
[OutputType(typeof(ChatSkillVersion))]
public sealed class NewChatSkillVersionCommand : ResourceCmdlet
{
    /// <summary>The skill, or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The skill, or its id.")]
    [Alias("SkillId")]
    [KeptTransformation(typeof(ChatSkill))]
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
        ChatSkill item = Skill!;
        Attempt(item, () =>
        {
            ServiceConnection service = Connected(item.Connection);
            IReadOnlyList<LocalFile> files = LocalFile.FindAll(GetUnresolvedProviderPathFromPSPath(Path), "-Path");
            ResourcePlace place = new(item.Id, "") { Input = item };
            bool? uses = IsBound(nameof(Default)) ? Default.IsPresent : null;
            if (ShouldProcess(place.Parent, "Make a version of the skill"))
            {
                Run(item, async (output, token) => await service.Resources.CreateSkillVersionAsync(place, files, uses, Call(output), token));
            }
        });
    }
}
