using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Saves pictures: those that were made, and those that answers hold.</summary>
[Cmdlet(VerbsData.Save, "ChatImage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Folder")]
[OutputType(typeof(ChatImage))]
public sealed class SaveChatImageCommand : SaveMediaCmdlet
{
    private protected override IReadOnlyList<ChatMedia> Find(object? item)
    {
        ChatImage[] pictures = [.. MediaInput.Of(item).OfType<ChatImage>()];
        return pictures.Length > 0 ? pictures : throw Failures.Invalid("There is no picture in what was piped in.", "Save-ChatMedia saves sound and files as well.");
    }
}
