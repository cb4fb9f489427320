using System.Management.Automation;

namespace ChatPS.Bench.Baseline;

/// <summary>Asks one question on the pipeline thread: no retry, no time limit, no errors of its own.</summary>
public abstract class BareCmdlet : PSCmdlet
{
    private protected BareCmdlet()
    {
    }

    /// <summary>The address, with /v1.</summary>
    [Parameter(Mandatory = true)]
    public Uri BaseUri { get; set; } = null!;

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true)]
    public string Model { get; set; } = "";

    /// <summary>The question.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Prompt { get; set; } = "";

    /// <inheritdoc />
    protected override void ProcessRecord() =>
        WriteObject(Answer.From(AskAsync(new Request(Model, [new Message("user", Prompt)])).GetAwaiter().GetResult()));

    private protected abstract Task<Response> AskAsync(Request request);
}
