using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Saves the pictures, sounds and files that answers hold or link to.</summary>
[Cmdlet(VerbsData.Save, "ChatMedia", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Folder")]
[OutputType(typeof(ChatMedia), typeof(ChatImage))]
public sealed class SaveChatMediaCommand : SaveMediaCmdlet
{
    private protected override IReadOnlyList<ChatMedia> Find(object? item)
    {
        IReadOnlyList<ChatMedia> found = MediaInput.Of(item);
        return found.Count > 0 ? found : throw Failures.Invalid("The answer holds no picture, sound or file, and links to none.", "Property Media of an answer tells what it holds.");
    }
}
