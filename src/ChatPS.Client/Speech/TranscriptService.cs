using System.Runtime.CompilerServices;
using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Speech;

/// <summary>Writes down what is said.</summary>
/// <param name="connection">The connection.</param>
/// <param name="mostRequests">How many requests are under way at a time, those of the parts of files included.</param>
public sealed class TranscriptService(ServiceConnection connection, int mostRequests)
{
    // Nobody blocks on it, so it holds nothing to free.
    private readonly Lazy<SemaphoreSlim> _turns = new(() => new SemaphoreSlim(mostRequests));

    /// <summary>Estimates what a file takes. Nothing is sent.</summary>
    /// <param name="request">What is to be written down.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <returns>Megabytes and minutes, and the cost where there is a price.</returns>
    /// <exception cref="ChatServiceException">It cannot be sent; it says why.</exception>
    public UnitEstimate Estimate(TranscriptRequest request, CallSettings settings)
    {
        connection.Require<ITranscription>(What(request));
        if (request.SplitMinutes is null)
        {
            request.Sound.RequireAtMost(request.LargestFile);
        }

        string model = connection.ModelFor(request.Model);
        decimal? cost = connection.Settings.PricesFor(settings)?.UnitCost(model, Units(request.Sound.Minutes));
        return new UnitEstimate(
            FormattableString.Invariant($"{request.Sound.Length / 1048576.0:0.##} MB, {(request.Sound.Duration is null ? "perhaps " : "")}{request.Sound.Minutes:0.##} min, model {model}"), cost);
    }

    /// <summary>Writes down what is said in a file, or in its parts, side by side.</summary>
    /// <param name="request">What is to be written down.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="plan">What the run keeps to.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The transcript.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why.</exception>
    public async Task<ChatTranscript> TranscribeAsync(TranscriptRequest request, CallSettings settings, RunPlan plan, CancellationToken cancellationToken)
    {
        connection.Require<ITranscription>(What(request));
        using SoundCut cut = await SoundCut.MakeAsync(request, cancellationToken);
        if (cut.Parts.Count == 1)
        {
            return await WholeAsync(request, settings, plan, cancellationToken);
        }

        using CancellationTokenSource others = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ChatTranscript>[] parts = [.. cut.Parts.Select(part => PartAsync(request with { Sound = part }, settings, plan, others))];
        try
        {
            ChatTranscript whole = JoinedTranscript.Of(await Task.WhenAll(parts), cut.Parts, request);
            if (whole.Speakers.Length > 0 && request.KnownSpeakers.Count == 0)
            {
                settings.Warning?.Invoke($"{request.Sound.Named}: each part names its speakers anew, so that one name can be of several people. Give -KnownSpeaker to tell them apart.");
            }

            return whole;
        }
        catch
        {
            // What went wrong first is what is said; the rest ends before the files of the parts go.
            others.Cancel();
            ChatServiceException? first = parts.Select(part => part.Exception?.GetBaseException()).OfType<ChatServiceException>().FirstOrDefault();
            await Task.WhenAll(parts.Select(part => part.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
            throw first ?? parts.Select(part => part.Exception?.GetBaseException()).OfType<ChatServiceException>().FirstOrDefault() ?? (Exception)new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>Writes down what is said in a file, and gives on the text as it comes.</summary>
    /// <param name="request">What is to be written down.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="plan">What the run keeps to.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pieces as they arrive; the last one carries the whole.</returns>
    /// <exception cref="ChatServiceException">The answer failed or broke off; it says why, and what had arrived.</exception>
    public async IAsyncEnumerable<ChatTranscriptUpdate> StreamAsync(
        TranscriptRequest request, CallSettings settings, RunPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ITranscription transcription = connection.Require<ITranscription>(What(request));
        request.Sound.RequireAtMost(request.LargestFile);
        request = request with { Model = connection.ModelFor(request.Model) };
        CheckpointSlot? slot = Claim(transcription, request, settings, plan);
        if (Find(transcription, slot, request, settings) is { } kept)
        {
            yield return new ChatTranscriptUpdate { Transcript = kept };
            yield break;
        }

        using Reservation? reservation = await ReserveAsync(request, settings, plan, cancellationToken);
        await using IAsyncEnumerator<ChatTranscriptUpdate> updates = AskAsync(transcription, request, settings, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(updates, reservation))
        {
            if (updates.Current.Transcript is { } whole)
            {
                Settle(reservation, whole, request);
                await SaveAsync(slot, whole, request, reservation);
            }

            yield return updates.Current;
        }
    }

    private static string What(TranscriptRequest request) => request.IsTranslation ? "translation of speech" : "transcription";

    private static Dictionary<string, decimal> Units(decimal minutes) => new(StringComparer.OrdinalIgnoreCase) { [PriceUnits.Minute] = minutes };

    private static async Task<bool> NextAsync(IAsyncEnumerator<ChatTranscriptUpdate> updates, Reservation? reservation)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (ChatServiceException failure)
        {
            reservation?.Fail(failure);
            throw;
        }
    }

    private static void Settle(Reservation? reservation, ChatTranscript transcript, TranscriptRequest request)
    {
        if (transcript.Usage is { } usage)
        {
            reservation?.Settle(usage, transcript.Cost);
        }
        else
        {
            reservation?.SettleUnits(Units(Minutes(transcript, request)));
        }
    }

    /// <summary>Tells how many minutes an answer is charged for, about where nobody tells.</summary>
    /// <param name="transcript">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <returns>The minutes.</returns>
    private static decimal Minutes(ChatTranscript transcript, TranscriptRequest request) => SoundFile.MinutesOf(transcript.Charged ?? transcript.Duration) ?? request.Sound.Minutes;

    private async Task<ChatTranscript> PartAsync(TranscriptRequest request, CallSettings settings, RunPlan plan, CancellationTokenSource others)
    {
        await _turns.Value.WaitAsync(others.Token);
        try
        {
            return await WholeAsync(request, settings, plan, others.Token);
        }
        catch (ChatServiceException)
        {
            // Nobody wants the rest of a file of which a part is missing.
            others.Cancel();
            throw;
        }
        finally
        {
            _turns.Value.Release();
        }
    }

    private async Task<ChatTranscript> WholeAsync(TranscriptRequest request, CallSettings settings, RunPlan plan, CancellationToken cancellationToken)
    {
        ChatTranscript? whole = null;
        await foreach (ChatTranscriptUpdate update in StreamAsync(request, settings, plan, cancellationToken))
        {
            whole = update.Transcript ?? whole;
        }

        return whole ?? throw new InvalidOperationException("The answer neither ended nor failed.");
    }

    private async IAsyncEnumerable<ChatTranscriptUpdate> AskAsync(
        ITranscription transcription, TranscriptRequest request, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        settings = connection.About(settings, request.Index, 1, () => request.Sound.ToString());
        StreamMasks masks = new(new Secrets(connection.Settings, settings));
        using CallContext call = connection.Begin(settings, cancellationToken, request.Model);
        await foreach (ChatTranscriptUpdate update in transcription.AskAsync(connection, request, call))
        {
            if (update.Transcript is not null)
            {
                foreach ((int _, StreamTexts rest) in masks.Finish())
                {
                    yield return new ChatTranscriptUpdate { Text = rest.Text };
                }

                yield return update;
            }
            else if (update.Segment is not null)
            {
                yield return update;
            }
            else if (masks.Take(0, new StreamTexts(update.Text)).Text is { Length: > 0 } text)
            {
                yield return new ChatTranscriptUpdate { Text = text };
            }
        }
    }

    private CheckpointSlot? Claim(ITranscription transcription, TranscriptRequest request, CallSettings settings, RunPlan plan)
    {
        if (plan.Checkpoint is not { } checkpoint)
        {
            return null;
        }

        Dictionary<string, object?> key = new(StringComparer.Ordinal)
        {
            ["file"] = request.Sound.FileName,
            ["length"] = request.Sound.Length,
            ["hash"] = request.Sound.Hash(),
            ["task"] = request.IsTranslation ? "translate" : "transcribe",
            ["fields"] = transcription.Write(request, request.Model!, settings).Where(field => field.Key != "stream").Select(field => (object?)new List<object?> { field.Key, field.Value }).ToList(),
        };
        return checkpoint.Claim(Encoding.UTF8.GetBytes(PlainJson.Write(key, "-Path")));
    }

    private ChatTranscript? Find(ITranscription transcription, CheckpointSlot? slot, TranscriptRequest request, CallSettings settings) =>
        slot?.Restore(record => transcription.Restore(record.Raw, record.IsStream, request, new CheckpointOrigin(record, connection.Settings, settings)));

    private async Task<Reservation?> ReserveAsync(TranscriptRequest request, CallSettings settings, RunPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Budget is not { } budget)
        {
            return null;
        }

        return await budget.ReserveAsync(Units(request.Sound.Minutes), request.Model!, cancellationToken).SeenBy(settings.Watch);
    }

    private static Task SaveAsync(CheckpointSlot? slot, ChatTranscript transcript, TranscriptRequest request, Reservation? reservation) => slot?.SaveAsync(new CheckpointRecord
    {
        Raw = transcript.Raw,
        IsStream = request.IsStream && transcript.Raw.Contains("\"transcript.text.", StringComparison.Ordinal),
        Elapsed = transcript.Elapsed,
        RequestId = transcript.RequestId,
        Connection = transcript.Connection,
        RequestedModel = request.Model,
        TotalTokens = transcript.Usage?.TotalTokens ?? 0,
        OutputTokens = transcript.Usage?.OutputTokens ?? 0,
        Cost = transcript.Cost ?? reservation?.Cost,
        At = DateTimeOffset.UtcNow,
    }) ?? Task.CompletedTask;
}
