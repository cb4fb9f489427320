using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Conversion;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Fetches the results of tasks, and saves them under safe names.</summary>
[Cmdlet(VerbsCommunications.Receive, "ChatGeneration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Folder")]
[OutputType(typeof(ChatGenerationResult))]
public sealed class ReceiveChatGenerationCommand : SaveMediaCmdlet
{
    private GenerationInput? _input;

    /// <summary>Tasks that are done.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "Tasks that are done, also from a file or a job.")]
    [AllowNull]
    [AllowEmptyCollection]
    public override object?[]? InputObject { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _input = new GenerationInput(service: null, form: null, () => Connected(), IsBound(nameof(Connection)), "Pipe in tasks, or first get them by their ids: Get-ChatGeneration <id> -Service <family>.");
    }

    private protected override string Wanted => "result";

    private protected override void Save(object? item)
    {
        ChatGeneration task = _input!.Read(item);
        ServiceConnection service = Connected(task.Connection);
        RequireRoom();
        if (!ShouldProcess(Printable.Line(task.ToString(), 100), $"Save its results to '{Path ?? OutDirectory}'"))
        {
            return;
        }

        int place = TakePlace();
        Run(item, async (output, token) =>
        {
            ReceivedGeneration received = new(service, task, item, Call(output));
            await received.SaveAsync((result, media) => Saver.SaveAsync(result, place, result.Part, () => service, media, token), output, token);
            return null;
        });
    }
}
