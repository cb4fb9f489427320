using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Embeddings;

/// <summary>
/// The vectors of the texts of a run, which travel in groups. Each text gets a vector or an error of its own: a group that is too
/// large is halved, until the text is found that is too long. Safe for many threads.
/// </summary>
/// <param name="services">The connections to ask, in their order: the next one where one fails.</param>
/// <param name="request">What is asked of each text.</param>
/// <param name="checkpoint">Keeps the vectors, and holds those that are there; null for none.</param>
/// <param name="budget">What the run may use; null for no limit.</param>
public sealed class EmbeddingRun(IReadOnlyList<ServiceConnection> services, EmbeddingRequest request, Checkpoint? checkpoint, Budget? budget)
{
    // Another model gives other vectors; the same one may be had elsewhere.
    private static readonly ModelFallback Fallback = new([], [FallbackReason.Failure, FallbackReason.ModelNotFound]);

    private int _length;

    /// <summary>Finds what cannot be sent, to any of the connections.</summary>
    /// <exception cref="ChatServiceException">A value cannot be sent, or a connection has no vectors.</exception>
    public void Validate()
    {
        for (int place = 0; place < services.Count; place++)
        {
            services[place].Embeddings.Validate(At(place));
        }
    }

    /// <summary>Finds the place of a text in the checkpoint, whichever request it will travel in.</summary>
    /// <param name="item">The text.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <returns>The text with its place.</returns>
    /// <exception cref="ChatServiceException">The settings cannot be sent.</exception>
    public EmbeddingItem Claim(EmbeddingItem item, CallSettings settings) =>
        checkpoint is null ? item : item with { Slot = checkpoint.Claim(services[0].Embeddings.ToJson(At(0) with { Texts = [item.Text] }, settings)) };

    /// <summary>Reads the vector that the checkpoint holds of a text.</summary>
    /// <param name="item">The text.</param>
    /// <param name="settings">What the calls do otherwise: its prices are those of today.</param>
    /// <returns>The vector; null where there is none.</returns>
    /// <exception cref="ChatServiceException">The checkpoint cannot be read (CheckpointFailed).</exception>
    public ChatEmbedding? Restore(EmbeddingItem item, CallSettings settings)
    {
        PriceTable? prices = services[0].Settings.PricesFor(settings);
        ChatEmbedding? embedding = item.Slot?.Restore(record => EmbeddingRecord.Read(record, item, prices));
        return embedding is null || Fits(embedding.Vector) ? embedding : throw OtherLength(embedding.Vector, "the checkpoint holds");
    }

    /// <summary>Gets the vectors of texts that go together.</summary>
    /// <param name="items">The texts.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>For each text, in their order, a <see cref="ChatEmbedding"/> or the <see cref="ChatServiceException"/> that it failed with.</returns>
    public async Task<IReadOnlyList<object>> EmbedAsync(IReadOnlyList<EmbeddingItem> items, CallSettings settings, CancellationToken cancellationToken)
    {
        object?[] outcomes = new object?[items.Count];
        ChatServiceException? end = await EmbedAsync([.. items], 0, outcomes, settings, cancellationToken);
        return [.. outcomes.Select(outcome => outcome ?? end!)];
    }

    // Gives the failure that ends the run, if there is one: what has come by then has come, and all else fails with it.
    private async Task<ChatServiceException?> EmbedAsync(EmbeddingItem[] items, int start, object?[] outcomes, CallSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            ChatEmbedding[] embeddings = await AskAsync(items, settings, cancellationToken);
            await Task.WhenAll(items.Zip(embeddings, (item, embedding) => item.Slot?.SaveAsync(EmbeddingRecord.Of(embedding, Model)) ?? Task.CompletedTask));
            Array.Copy(embeddings, 0, outcomes, start, items.Length);
            return null;
        }
        catch (ChatServiceException failure) when (failure.ErrorId is ErrorIds.BudgetExceeded or ErrorIds.CheckpointFailed or ErrorIds.LogFailed)
        {
            return failure;
        }
        catch (ChatServiceException failure) when (items.Length > 1 && TooMuch.Is(failure))
        {
            settings.Verbose?.Invoke(FormattableString.Invariant($"{items.Length} texts are too much for a request ({failure.Message.TrimEnd('.')}). They are sent in two halves."));
            int half = items.Length / 2;
            return await EmbedAsync([.. items.Take(half)], start, outcomes, settings, cancellationToken)
                ?? await EmbedAsync([.. items.Skip(half)], start + half, outcomes, settings, cancellationToken);
        }
        catch (ChatServiceException failure)
        {
            outcomes.AsSpan(start, items.Length).Fill(failure);
            return null;
        }
    }

    private async Task<ChatEmbedding[]> AskAsync(EmbeddingItem[] items, CallSettings settings, CancellationToken cancellationToken)
    {
        for (int place = 0; ; place++)
        {
            using Reservation? reservation = await ReserveAsync(items, settings, cancellationToken);
            try
            {
                ServiceConnection service = services[place];
                EmbeddingAnswer answer = await service.Embeddings.AskAsync(
                    At(place) with { Texts = [.. items.Select(item => item.Text)] },
                    service.About(settings, items[0].Index, items.Length, () => string.Join("\n\n", items.Select(item => item.Text))),
                    cancellationToken);
                reservation?.Settle(answer.Usage, answer.Cost);
                return Fits(answer.Vectors[0]) ? [.. Share(items, answer, service.Settings.Name)] : throw OtherLength(answer.Vectors[0], $"{service.Settings.BaseUri.Host} answered with");
            }
            catch (ChatServiceException failure)
            {
                reservation?.Fail(failure);
                if (place == services.Count - 1 || !Fallback.Covers(failure))
                {
                    throw;
                }

                settings.Verbose?.Invoke($"{services[place].Settings.Name}: {failure.ErrorId}. Asking {services[place + 1].Settings.Name}.");
            }
        }
    }

    private string Model => services[0].ModelFor(request.Model);

    // The form that was named is that of the first connection; the others have theirs by their hosts.
    private EmbeddingRequest At(int place) => request with { Model = Model, Form = place == 0 ? request.Form : null };

    private async Task<Reservation?> ReserveAsync(EmbeddingItem[] items, CallSettings settings, CancellationToken cancellationToken)
    {
        if (budget is null)
        {
            return null;
        }

        return await budget.ReserveAsync(items.Sum(item => item.Tokens), outputLimit: 0, Model, cancellationToken).SeenBy(settings.Watch);
    }

    // The service tells tokens and cost of the whole request: each text has its share by the estimate.
    private static IEnumerable<ChatEmbedding> Share(EmbeddingItem[] items, EmbeddingAnswer answer, string connection)
    {
        long whole = items.Sum(item => (long)item.Tokens);
        long tokens = answer.Usage?.TotalTokens ?? whole;
        long before = 0;
        for (int place = 0; place < items.Length; place++)
        {
            long upTo = before + items[place].Tokens;
            yield return new ChatEmbedding
            {
                Vector = answer.Vectors[place],
                Text = items[place].Text,
                Input = items[place].Input,
                Index = items[place].Index,
                Model = answer.Model,
                Tokens = (int)((tokens * upTo / whole) - (tokens * before / whole)),
                Cost = answer.Cost * items[place].Tokens / whole,
                Elapsed = answer.Elapsed,
                RequestId = answer.RequestId,
                Connection = connection,
            };
            before = upTo;
        }
    }

    private bool Fits(float[] vector)
    {
        int length = Interlocked.CompareExchange(ref _length, vector.Length, 0);
        return length == 0 || length == vector.Length;
    }

    private ChatServiceException OtherLength(float[] vector, string who) => new(
        ErrorIds.BadResponse,
        FormattableString.Invariant($"{who} a vector of {vector.Length} numbers, where those before have {_length}: they are of different models, and cannot be compared."),
        "Ask one model for all texts, with the same -Dimension. Vectors of an earlier run are asked for again with -CheckpointMode Replace.");
}
