using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;

namespace ChatPS.Commands;

/// <summary>Makes voices of recordings, with the consent of their owners.</summary>
[Cmdlet(VerbsCommon.New, "ChatVoice", DefaultParameterSetName = ConsentSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatVoice))]
public sealed class NewChatVoiceCommand : ResourceCmdlet
{
    private const string IdSet = "Id";
    private const string ConsentSet = "Consent";

    /// <summary>The name of the voice.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The name of the voice.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The id of the consent of its owner.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, HelpMessage = "The id of the consent of its owner.")]
    [ValidateNotNullOrEmpty]
    public string ConsentId { get; set; } = "";

    /// <summary>The consent of its owner.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ConsentSet, HelpMessage = "The consent of its owner, from the pipeline.")]
    public ChatVoiceConsent? Consent { get; set; }

    /// <summary>A recording of the voice.</summary>
    [Parameter(Mandatory = true, HelpMessage = "A recording of the voice.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object item = (object?)Consent ?? Name;
        Attempt(item, () =>
        {
            ServiceConnection service = Connected(Consent?.Connection);
            LocalFile sample = LocalFile.Find(GetUnresolvedProviderPathFromPSPath(Path), "-Path");
            string consent = Consent?.Id ?? ConsentId;
            if (ShouldProcess(Name, "Make a voice"))
            {
                Run(item, async (output, token) => await service.Resources.CreateVoiceAsync(Name, consent, sample, item, Call(output), token));
            }
        });
    }
}
