using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;

namespace ChatPS.Commands;

/// <summary>Sends recordings in which owners of voices agree that these are used.</summary>
[Cmdlet(VerbsCommon.New, "ChatVoiceConsent", SupportsShouldProcess = true)]
[OutputType(typeof(ChatVoiceConsent))]
public sealed class NewChatVoiceConsentCommand : ResourceCmdlet
{
    /// <summary>The name of the consent.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The name of the consent.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The language of the recording.</summary>
    [Parameter(Mandatory = true, HelpMessage = "The language of the recording, such as en-US.")]
    [ValidateNotNullOrEmpty]
    public string Language { get; set; } = "";

    /// <summary>The recording.</summary>
    [Parameter(Mandatory = true, HelpMessage = "The recording in which the owner says the words that the service asks for.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc />
    protected override void ProcessRecord() => Attempt(Name, () =>
    {
        ServiceConnection service = Connected();
        LocalFile recording = LocalFile.Find(GetUnresolvedProviderPathFromPSPath(Path), "-Path");
        if (ShouldProcess(Name, "Send a recording"))
        {
            Run(Name, async (output, token) => await service.Resources.CreateVoiceConsentAsync(Name, Language, recording, Name, Call(output), token));
        }
    });
}
