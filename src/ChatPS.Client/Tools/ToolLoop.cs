using System.Runtime.CompilerServices;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;

namespace ChatPS.Client.Tools;

/// <summary>
/// Asks a model that may call tools: runs what it calls, tells it the outputs, and goes on until it answers. Every round is a
/// request of its own, within the budget; a checkpoint keeps all rounds as one answer, and what is read from it runs nothing.
/// </summary>
/// <param name="service">Gets the answers.</param>
/// <param name="limits">How far it may go.</param>
/// <param name="isLeft">Which calls are left to the caller: they end the loop.</param>
/// <param name="run">Runs a call, and notes on it what came out. A failure of a tool is an output like any other; what this throws ends the loop.</param>
public sealed class ToolLoop(ChatService service, ToolLimits limits, Func<ChatToolCall, bool> isLeft, Func<ChatToolCall, CancellationToken, Task> run)
{
    /// <summary>Gets an answer.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="plan">What the run keeps to.</param>
    /// <param name="cancellationToken">Stops the loop.</param>
    /// <returns>The last answer, with the transcript of all rounds.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why, and carries the transcript so far.</exception>
    public async Task<ChatCompletion> CompleteAsync(ChatRequest request, CallSettings settings, RunPlan plan, CancellationToken cancellationToken)
    {
        CheckpointSlot? slot = service.Claim(request, settings, plan);
        if (Restore(slot, request, settings) is { } stored)
        {
            return stored;
        }

        ToolTranscript transcript = new(request);
        try
        {
            bool goesOn = true;
            while (goesOn)
            {
                CheckpointRecord? record = null;
                ChatCompletion answer = await service.CompleteAsync(transcript.Request, settings, ForRound(plan, kept => record = kept), cancellationToken);
                transcript.Add(answer, record!);
                goesOn = await RunToolsAsync(transcript, cancellationToken);
            }

            await SaveAsync(slot, transcript);
            return transcript.ToCompletion();
        }
        catch (ChatServiceException failure) when (transcript.HasRun)
        {
            failure.Completion = transcript.ToCompletion();
            throw;
        }
    }

    /// <summary>Gets an answer piece by piece, those of all rounds; the last piece carries the whole.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="plan">What the run keeps to.</param>
    /// <param name="cancellationToken">Stops the loop.</param>
    /// <returns>The pieces as they arrive, and an empty line between two rounds that both have text.</returns>
    /// <exception cref="ChatServiceException">There is no answer; it says why, and carries the transcript so far.</exception>
    public async IAsyncEnumerable<ChatCompletionUpdate> StreamAsync(
        ChatRequest request, CallSettings settings, RunPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CheckpointSlot? slot = service.Claim(request, settings, plan);
        if (Restore(slot, request, settings) is { } stored)
        {
            foreach (ChatCompletionUpdate update in ChatService.Updates(stored))
            {
                yield return update;
            }

            yield break;
        }

        ToolTranscript transcript = new(request);
        bool hasText = false;
        bool goesOn = true;
        while (goesOn)
        {
            CheckpointRecord? record = null;
            bool hasTextOfRound = false;
            await using IAsyncEnumerator<ChatCompletionUpdate> updates =
                service.StreamAsync(transcript.Request, settings, ForRound(plan, kept => record = kept), cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(updates, transcript))
            {
                ChatCompletionUpdate update = updates.Current;
                if (update.Completion is { } answer)
                {
                    transcript.Add(answer, record!);
                    continue;
                }

                if (hasText && !hasTextOfRound && update.Text.Length > 0)
                {
                    yield return new ChatCompletionUpdate { Text = "\n\n" };
                }

                hasTextOfRound |= update.Text.Length > 0;
                yield return update;
            }

            hasText |= hasTextOfRound;
            goesOn = await WithTranscriptAsync(transcript, () => RunToolsAsync(transcript, cancellationToken));
        }

        await SaveAsync(slot, transcript);
        yield return new ChatCompletionUpdate { Completion = transcript.ToCompletion() };
    }

    private ChatCompletion? Restore(CheckpointSlot? slot, ChatRequest request, CallSettings settings) =>
        slot?.Restore(record => ToolTranscript.Restore(record, request, settings, service).ToCompletion());

    private static Task<bool> NextAsync(IAsyncEnumerator<ChatCompletionUpdate> updates, ToolTranscript transcript) =>
        WithTranscriptAsync(transcript, async () => await updates.MoveNextAsync());

    // Tools may have changed something: what was done must not be lost with the answer.
    private static async Task<bool> WithTranscriptAsync(ToolTranscript transcript, Func<Task<bool>> step)
    {
        try
        {
            return await step();
        }
        catch (ChatServiceException failure) when (transcript.HasRun)
        {
            failure.Completion = transcript.ToCompletion();
            throw;
        }
    }

    private static RunPlan ForRound(RunPlan plan, Action<CheckpointRecord> answered) => new() { Budget = plan.Budget, Fallback = plan.Fallback, Answered = answered };

    private static Task SaveAsync(CheckpointSlot? slot, ToolTranscript transcript) =>
        slot is null ? Task.CompletedTask : slot.SaveAsync(transcript.ToRecord());

    // One call at a time, in the order in which the model made them.
    private async Task<bool> RunToolsAsync(ToolTranscript transcript, CancellationToken cancellationToken)
    {
        ChatToolCall[] calls = [.. transcript.Last.ToolCalls.Where(call => !isLeft(call))];
        if (calls.Length == 0)
        {
            return false;
        }

        if (transcript.Rounds >= limits.MostRounds)
        {
            throw Exceeded(transcript, calls, FormattableString.Invariant($"The model called tools in more than {limits.MostRounds} rounds."), "-MaxToolRound");
        }

        foreach (ChatToolCall call in calls)
        {
            if (transcript.Calls >= limits.MostCalls)
            {
                throw Exceeded(transcript, calls, FormattableString.Invariant($"The model made more than {limits.MostCalls} calls of tools."), "-MaxToolCall");
            }

            transcript.Calls++;
            await run(call, cancellationToken);
        }

        transcript.EndRound();
        return calls.Length == transcript.Last.ToolCalls.Count;
    }

    // A conversation in which calls stay without an answer cannot be continued.
    private static ChatServiceException Exceeded(ToolTranscript transcript, IEnumerable<ChatToolCall> calls, string message, string parameter)
    {
        foreach (ChatToolCall call in calls.Where(call => call.Output is null))
        {
            call.Output = "Not run: the limit of calls is reached.";
            call.IsError = true;
            call.Refused = true;
        }

        return new ChatServiceException(
            ErrorIds.ToolLimitExceeded, message, $"Look at the error's Exception.Completion for what was called, improve the prompt or the tools, or give {parameter} a larger value.")
        {
            PartialText = transcript.Last.Text,
            Completion = transcript.ToCompletion(),
        };
    }
}
