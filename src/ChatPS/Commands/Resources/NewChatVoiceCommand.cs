using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Makes voices of recordings, with the consent of their owners.</summary>
[Cmdlet(VerbsCommon.New, "ChatVoice", SupportsShouldProcess = true)]
[OutputType(typeof(ChatVoice))]
public sealed class NewChatVoiceCommand : ResourceCmdlet
{
    /// <summary>The name of the voice.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The name of the voice.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The consent of its owner, or the id of the consent.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "The consent of its owner, or the id of the consent.")]
    [Alias("ConsentId")]
    [KeptTransformation(typeof(ChatVoiceConsent))]
    public ChatVoiceConsent? Consent { get; set; }

    /// <summary>A recording of the voice.</summary>
    [Parameter(Mandatory = true, HelpMessage = "A recording of the voice.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        ChatVoiceConsent item = Consent!;
        Attempt(item, () =>
        {
            ServiceConnection service = Connected(item.Connection);
            LocalFile sample = LocalFile.Find(GetUnresolvedProviderPathFromPSPath(Path), "-Path");
            string consent = item.Id;
            if (ShouldProcess(Name, "Make a voice"))
            {
                Run(item, async (output, token) => await service.Resources.CreateVoiceAsync(Name, consent, sample, item, Call(output), token));
            }
        });
    }
}
