using System.Management.Automation;
using ChatPS.Client.BatchRequests;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Faults;
using ChatPS.Client.Moderation;
using ChatPS.Client.Text;
using ChatPS.Conversion;

namespace ChatPS.Pipeline;

/// <summary>Takes the requests of a command that hands them in as a batch.</summary>
/// <param name="owner">The cmdlet that asks and tells.</param>
/// <param name="sender">Writes them.</param>
/// <param name="plan">How they are handed in.</param>
/// <param name="connection">The name of the connection.</param>
internal sealed class BatchOutlet(PSCmdlet owner, BatchSender sender, BatchPlan plan, string connection) : IDisposable
{
    /// <summary>Finds out whether there is anything to hand in. Where there is nothing, nothing is left of the batch.</summary>
    /// <returns>Whether there is.</returns>
    public bool HasRequests()
    {
        if (!sender.IsEmpty)
        {
            return true;
        }

        sender.Discard();
        if (sender.Stored > 0)
        {
            owner.WriteWarning($"The checkpoint answers all of it ({Counted.Of(sender.Stored, "request")}): there is nothing to hand in.");
        }

        return false;
    }

    /// <summary>Takes a chat.</summary>
    /// <param name="service">The connection that it would be sent by.</param>
    /// <param name="request">The request.</param>
    /// <param name="item">The pipeline item.</param>
    public void Add(ServiceConnection service, ChatRequest request, object? item) => sender.Add(service, request, Plain(item));

    /// <summary>Takes a text that is to be gone on with.</summary>
    /// <param name="service">The connection that it would be sent by.</param>
    /// <param name="request">The request.</param>
    /// <param name="item">The pipeline item.</param>
    public void Add(ServiceConnection service, TextRequest request, object? item) => sender.Add(service, request, Plain(item));

    /// <summary>Takes a text whose vector is wanted.</summary>
    /// <param name="text">The text.</param>
    /// <param name="request">What is asked of it.</param>
    public void Add(EmbeddingItem text, EmbeddingRequest request) => sender.Add(text, request, Plain(text.Input));

    /// <summary>Takes what is to be judged.</summary>
    /// <param name="item">Text or images.</param>
    /// <param name="model">The model; null for the service's.</param>
    public void Add(ModerationItem item, string? model) => sender.Add(item, model, Plain(item.Input));

    /// <summary>Ends the taking, and asks whether the batch is to be started.</summary>
    /// <returns>Whether it is.</returns>
    /// <exception cref="ChatServiceException">The requests cannot be the batch; it says why.</exception>
    public bool Complete()
    {
        BatchEstimate? estimate = sender.Complete(owner.WriteWarning);
        if (owner.ShouldProcess(estimate?.ToString() ?? plan.Path, $"{(estimate is null ? "Go on with the" : "Start a")} batch, by connection '{connection}'") && !plan.IsPreview)
        {
            sender.Seal();
            owner.WriteVerbose($"The batch is remembered in '{plan.Path}'.");
            return true;
        }

        sender.Discard();
        return false;
    }

    /// <summary>Uploads and starts the batch.</summary>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="fail">Hears why a part could not be started.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The batch.</returns>
    public async Task<ChatBatch> StartAsync(CallSettings settings, Action<ChatServiceException> fail, CancellationToken cancellationToken)
    {
        // Whoever comes next in the pipeline drives the batch while this command still runs.
        using (sender)
        {
            return await sender.StartAsync(settings, fail, cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose() => sender.Dispose();

    // Of a file is kept where it lies.
    private static object? Plain(object? item) => Bare.Of(item) is FileSystemInfo file
        ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = file.Name, ["FullName"] = file.FullName }
        : PlainObject.From(item, "-InputObject");
}
