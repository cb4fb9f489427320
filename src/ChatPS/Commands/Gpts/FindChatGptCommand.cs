using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Gpts;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Searches ChatGPT's store of GPTs through a gateway.</summary>
[Cmdlet(VerbsCommon.Find, "ChatGpt")]
[OutputType(typeof(ChatGpt))]
public sealed class FindChatGptCommand : ServiceCmdlet
{
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    /// <summary>Words to look for; each item is a search of its own.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "Words to look for; each item is a search of its own.")]
    [ValidateNotNullOrEmpty]
    public string[] Query { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string query in Query)
        {
            Attempt(query, () => Search(Connected(), query));
        }
    }

    private void Search(ServiceConnection service, string query) => Run(query, async (output, token) =>
    {
        foreach (ChatGpt gpt in await service.Gpts.FindAsync(query, Call(output), token))
        {
            // Searches come one after another, and may find the same.
            if (!_found.Add(gpt.Id))
            {
                continue;
            }

            await output.EmitAsync(gpt, token);
        }

        return null;
    });
}
