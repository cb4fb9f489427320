using System.Runtime.CompilerServices;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Runs;

namespace ChatPS.Client.Completions;

/// <summary>Answers that a model writes, whole or piece by piece; what is asked and how is the business of those who derive from this.</summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TAnswer">The whole answer.</typeparam>
/// <typeparam name="TUpdate">A piece of it.</typeparam>
public abstract class GenerationService<TRequest, TAnswer, TUpdate> : AnswerService<TRequest, TAnswer>
    where TRequest : GenerationRequest
    where TAnswer : ChatAnswer
    where TUpdate : ChatAnswerUpdate
{
    private protected GenerationService(ServiceConnection connection)
        : base(connection)
    {
    }

    /// <summary>Gets an answer piece by piece, outside any run.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pieces as they arrive; the last one carries the whole.</returns>
    /// <exception cref="ChatServiceException">The answer failed or broke off; it says why, and what had arrived.</exception>
    public IAsyncEnumerable<TUpdate> StreamAsync(TRequest request, CallSettings settings, CancellationToken cancellationToken) =>
        StreamAsync(request, settings, RunPlan.None, cancellationToken);

    /// <summary>Gets an answer piece by piece; the last piece carries the whole. Once a piece has come no other model is asked.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="plan">What the run keeps to.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pieces as they arrive.</returns>
    /// <exception cref="ChatServiceException">The answer failed or broke off; it says why, and what had arrived.</exception>
    public async IAsyncEnumerable<TUpdate> StreamAsync(
        TRequest request, CallSettings settings, RunPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        settings = Carrying(request, settings);
        CheckpointSlot? slot = Claim(request, settings, plan);
        if (slot is not null && Find(slot, request, settings) is { } stored)
        {
            foreach (TUpdate update in ToUpdates(stored))
            {
                yield return update;
            }

            yield break;
        }

        IReadOnlyList<TRequest> candidates = Candidates(request, plan);
        foreach (TRequest candidate in candidates)
        {
            bool hasBegun = false;
            StreamMasks masks = new(new Secrets(Connection.Settings, settings));
            bool isStream = true;
            using Reservation? reservation = await ReserveAsync(candidate, settings, plan, cancellationToken);
            await using IAsyncEnumerator<TUpdate> updates = AskForStreamAsync(candidate, About(candidate, CountedBy(reservation, settings)), () => isStream = false, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await updates.MoveNextAsync())
                    {
                        yield break;
                    }

                    if (WholeOf(updates.Current) is { } answer)
                    {
                        reservation?.Settle(answer.Usage, answer.Cost);
                        await SaveAsync(slot, plan, candidate, answer, reservation, isStream);
                    }
                }
                catch (ChatServiceException failure)
                {
                    reservation?.Fail(failure);
                    if (hasBegun || !GoesOn(candidate, candidates, failure, settings, plan))
                    {
                        throw;
                    }

                    break;
                }

                hasBegun = true;
                foreach (TUpdate update in Masked(updates.Current, masks))
                {
                    yield return update;
                }
            }
        }
    }

    private protected abstract TAnswer? WholeOf(TUpdate update);

    private protected abstract StreamTexts TextsOf(TUpdate update);

    private protected abstract TUpdate ToUpdate(int index, StreamTexts texts);

    private protected abstract IReadOnlyList<TUpdate> ToUpdates(TAnswer answer);

    /// <summary>Asks for a stream.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cameWhole">Told if the service answered whole all the same: such an answer is read back in another way.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pieces as they arrive.</returns>
    private protected abstract IAsyncEnumerable<TUpdate> AskForStreamAsync(TRequest request, CallSettings settings, Action cameWhole, CancellationToken cancellationToken);

    // The last piece carries the whole, which is masked already; what still waits goes before it.
    private IEnumerable<TUpdate> Masked(TUpdate update, StreamMasks masks)
    {
        if (WholeOf(update) is not null)
        {
            foreach ((int index, StreamTexts rest) in masks.Finish())
            {
                yield return ToUpdate(index, rest);
            }

            yield return update;
            yield break;
        }

        StreamTexts given = TextsOf(update);
        StreamTexts shown = masks.Take(update.Index, given);
        if (shown == given)
        {
            yield return update;
        }
        else if (!shown.IsEmpty)
        {
            yield return ToUpdate(update.Index, shown);
        }
    }
}
