using System.Management.Automation;
using ChatPS.Client.Providers;
using ChatPS.Completion;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Lists the services that are known by name.</summary>
[Cmdlet(VerbsCommon.Get, "ChatProvider")]
[OutputType(typeof(ChatProvider))]
public sealed class GetChatProviderCommand : PSCmdlet
{
    /// <summary>Names or wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Names or wildcards.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        try
        {
            Dictionary<string, ChatProvider> providers = ProviderCatalog.Read().Select(provider => provider.Describe()).ToDictionary(provider => provider.Name, StringComparer.OrdinalIgnoreCase);
            foreach (string name in NameMatcher.Match(this, Name, providers.Keys, "provider", "Get-ChatProvider without a name lists all."))
            {
                WriteObject(providers[name]);
            }
        }
        catch (ChatServiceException failure)
        {
            ThrowTerminatingError(Errors.ToRecord(failure, target: null));
        }
    }
}
