using ChatPS.Client.Calls;
using System.Text.Json;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>Tasks in a checkpoint. Before one is handed in that is written down, so that a run that is killed in between hands in nothing twice.</summary>
public static class KeptGenerations
{
    /// <summary>Finds the task that an earlier run has handed in.</summary>
    /// <param name="slot">Its place in the checkpoint.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="resubmit">Whether to hand in anew what may have been handed in.</param>
    /// <returns>The task; null where it has to be handed in.</returns>
    /// <exception cref="ChatServiceException">An earlier run ended while it was handed in, so that nobody knows.</exception>
    public static ChatGeneration? Restore(CheckpointSlot slot, GenerationRequest request, bool resubmit)
    {
        if (!slot.IsStored || slot.Restore(record => JsonSerializer.Deserialize(record.Raw, KeptGenerationJson.Default.KeptGeneration)!) is not { } kept)
        {
            return null;
        }

        return kept.IsRefused ? null
            : kept.Id is { Length: > 0 } ? kept.ToTask(request.Input, request.Index)
            : resubmit ? null
            : throw Failures.Invalid(
                $"An earlier run ended just when it handed in this task to {request.Service}, and whether the service took it is not known.",
                "Look at the service's own page. To hand it in once more, give -Resubmit.");
    }

    /// <summary>Hands in a task, and keeps it.</summary>
    /// <param name="service">The connection's generations.</param>
    /// <param name="request">What to make; prepared.</param>
    /// <param name="slot">Its place in the checkpoint; null for none.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ChatServiceException">The service did not take it, or the checkpoint cannot be written.</exception>
    public static async Task<ChatGeneration> SubmitAsync(GenerationService service, GenerationRequest request, CheckpointSlot? slot, CallSettings settings, CancellationToken cancellationToken)
    {
        if (slot is null)
        {
            return await service.SubmitAsync(request, settings, cancellationToken);
        }

        await slot.SaveAsync(ToRecord(new KeptGeneration { Service = request.Service, Action = request.Action, Prompt = request.Prompt }));
        try
        {
            ChatGeneration task = await service.SubmitAsync(request, settings, cancellationToken);
            await slot.SaveAsync(ToRecord(KeptGeneration.Of(task)));
            return task;
        }
        catch (ChatServiceException failure) when (Refusals.IsSure(failure))
        {
            // The service has nothing: a later run may ask again without a second thought.
            await slot.SaveAsync(ToRecord(new KeptGeneration { IsRefused = true }));
            throw;
        }
    }

    private static CheckpointRecord ToRecord(KeptGeneration kept) => new()
    {
        Raw = JsonSerializer.Serialize(kept, KeptGenerationJson.Default.KeptGeneration),
        Connection = kept.Connection,
        RequestedModel = kept.Model,
        At = DateTimeOffset.UtcNow,
    };
}
