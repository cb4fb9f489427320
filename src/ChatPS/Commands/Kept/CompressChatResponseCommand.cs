using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Completion;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Makes long conversations at a service short.</summary>
[Cmdlet(VerbsData.Compress, "ChatResponse", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatCompaction))]
public sealed class CompressChatResponseCommand : ServiceCmdlet
{
    private const string IdSet = "Id";
    private const string ObjectSet = "InputObject";

    /// <summary>The id of the response that the conversation ends with.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The id of the response that the conversation ends with.")]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>The answer that the conversation ends with.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true, HelpMessage = "The answer that the conversation ends with.")]
    public ChatCompletion? InputObject { get; set; }

    /// <summary>The model that makes it short.</summary>
    [Parameter(HelpMessage = "The model that makes it short; the connection's if not given.")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>What the model is to look at.</summary>
    [Parameter(HelpMessage = "What the model is to look at, in words.")]
    [ValidateNotNullOrEmpty]
    public string? Instruction { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object item = (object?)InputObject ?? Id;
        Attempt(item, () =>
        {
            ServiceConnection service = Connected(InputObject?.Connection);
            string id = InputObject is { } answer ? StoredCompletion.IdOf(answer) : Id;
            string? model = Model;
            if (ShouldProcess(id, "Make the conversation short, which costs tokens"))
            {
                Run(item, async (output, token) => await service.Resources.CompactAsync(id, model, Instruction, item, Call(output), token));
            }
        });
    }
}
