using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;

namespace ChatPS.Commands;

/// <summary>Makes skills of folders, or of zips of them.</summary>
[Cmdlet(VerbsCommon.New, "ChatSkill", SupportsShouldProcess = true)]
[OutputType(typeof(ChatSkill))]
public sealed class NewChatSkillCommand : ResourceCmdlet
{
    /// <summary>The folder with a file SKILL.md, or a zip of one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The folder with a file SKILL.md, or a zip of one.")]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        string given = Path;
        Attempt(given, () =>
        {
            ServiceConnection service = Connected();
            IReadOnlyList<LocalFile> files = LocalFile.FindAll(GetUnresolvedProviderPathFromPSPath(given), "-Path");
            if (ShouldProcess(given, "Make a skill"))
            {
                Run(given, async (output, token) => await service.Resources.CreateSkillAsync(files, given, Call(output), token));
            }
        });
    }
}
