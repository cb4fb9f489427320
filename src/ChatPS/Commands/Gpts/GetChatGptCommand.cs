using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Gpts;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Gets what ChatGPT's store tells of GPTs, through a gateway.</summary>
[Cmdlet(VerbsCommon.Get, "ChatGpt")]
[OutputType(typeof(ChatGpt))]
public sealed class GetChatGptCommand : ServiceCmdlet
{
    /// <summary>The ids of GPTs, web addresses that hold one, or names of their models.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ids of GPTs, web addresses that hold one, or names of their models.")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string id in Id)
        {
            Attempt(id, () => Fetch(Connected(), id));
        }
    }

    private void Fetch(ServiceConnection service, string id) => Run(id, async (output, token) => await service.Gpts.GetAsync(id, Call(output), token));
}
