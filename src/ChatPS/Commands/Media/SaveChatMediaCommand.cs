using System.Management.Automation;

namespace ChatPS.Commands;

/// <summary>Saves the pictures, sounds and files that answers hold or link to.</summary>
[Cmdlet(VerbsData.Save, "ChatMedia", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Folder")]
[OutputType(typeof(ChatMedia), typeof(ChatImage))]
public sealed class SaveChatMediaCommand : SaveMediaCmdlet
{
    private protected override string Wanted => "picture, sound or file";
}
