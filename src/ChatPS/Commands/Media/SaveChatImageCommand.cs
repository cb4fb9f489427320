using System.Management.Automation;

namespace ChatPS.Commands;

/// <summary>Saves pictures: those that were made, and those that answers hold.</summary>
[Cmdlet(VerbsData.Save, "ChatImage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Folder")]
[OutputType(typeof(ChatImage))]
public sealed class SaveChatImageCommand : SaveMediaCmdlet
{
    private protected override string Wanted => "picture";

    private protected override IReadOnlyList<ChatMedia> Choose(IReadOnlyList<ChatMedia> found) => [.. found.OfType<ChatImage>()];
}
