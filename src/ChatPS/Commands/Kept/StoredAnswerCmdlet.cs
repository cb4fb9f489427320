using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>A command that does something to answers which a service keeps: by id, or at the connection that an answer came from.</summary>
public abstract class StoredAnswerCmdlet : ServiceCmdlet
{
    private protected const string IdSet = "Id";
    private protected const string ObjectSet = "InputObject";

    private protected StoredAnswerCmdlet()
    {
    }

    /// <summary>The ids of answers.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ids of answers.")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>An answer.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true, HelpMessage = "An answer.")]
    public ChatCompletion? InputObject { get; set; }

    /// <summary>Gets what is done, in a word or two, for -WhatIf.</summary>
    private protected abstract string Action { get; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } answer)
        {
            Attempt(answer, () => Do(StoredCompletion.IdOf(answer), answer, answer.Connection));
            return;
        }

        foreach (string id in Id)
        {
            Attempt(id, () => Do(id, id, connection: null));
        }
    }

    /// <summary>Does it.</summary>
    /// <param name="service">The connection.</param>
    /// <param name="id">The answer's id.</param>
    /// <param name="call">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What to emit; null for nothing.</returns>
    private protected abstract Task<object?> DoAsync(ServiceConnection service, string id, CallSettings call, CancellationToken cancellationToken);

    private void Do(string id, object target, string? connection)
    {
        ServiceConnection service = Connected(connection);
        if (ShouldProcess(id, Action))
        {
            Run(target, (output, token) => DoAsync(service, id, Call(output), token));
        }
    }
}
