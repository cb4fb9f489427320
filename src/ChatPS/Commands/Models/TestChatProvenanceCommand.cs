using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Conversion;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Looks for signs that pictures and sounds were made by a model.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ChatProvenance")]
[OutputType(typeof(ChatProvenance))]
public sealed class TestChatProvenanceCommand : ServiceCmdlet
{
    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The files, pictures or sounds; wildcards are allowed.")]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string given in Path)
        {
            Attempt(given, () =>
            {
                foreach (string path in FilePaths.Resolve(this, given))
                {
                    Check(path, given);
                }
            });
        }
    }

    private void Check(string path, string item)
    {
        ServiceConnection service = Connected();
        LocalFile file = LocalFile.Find(path, "-Path");
        Run(item, async (output, token) =>
        {
            foreach (ChatProvenance found in await service.Resources.CheckProvenanceAsync(file, path, item, Call(output), token))
            {
                await output.EmitAsync(found, token);
            }

            return null;
        });
    }
}
