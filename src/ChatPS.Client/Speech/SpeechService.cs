using System.Diagnostics;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;
using ChatPS.Client.Words;

namespace ChatPS.Client.Speech;

/// <summary>Speaks texts.</summary>
/// <param name="connection">The connection.</param>
public sealed class SpeechService(ServiceConnection connection)
{
    // About how fast people speak, for limits on what a run may cost.
    internal const decimal CharactersPerMinute = 800;

    /// <summary>Estimates what a text takes. Nothing is sent.</summary>
    /// <param name="text">The text.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <returns>Characters and requests, and the cost where there is a price.</returns>
    /// <exception cref="ChatServiceException">It cannot be spoken; it says why.</exception>
    public UnitEstimate Estimate(SpokenText text, CallSettings settings)
    {
        connection.Require<ISpeech>("speech");
        string model = connection.ModelFor(text.Model);
        int parts = Cut(text).Count;
        decimal? cost = connection.Settings.PricesFor(settings)?.UnitCost(model, Units(text, parts, duration: null));
        return new UnitEstimate($"{Counted.Of(text.Characters, "character")} in {Counted.Of(parts, "request")}, model {model}", cost);
    }

    /// <summary>Speaks a text. One that is longer than a request takes is cut at the ends of sentences, and its parts are joined.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">Where the sound is saved; null to give it with the result.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="plan">What the run keeps to.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The sound.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why.</exception>
    public async Task<ChatSpeech> SpeakAsync(SpokenText text, SpeechTarget? target, CallSettings settings, RunPlan plan, CancellationToken cancellationToken) =>
        await Prepare(text, target, settings, plan)(settings, cancellationToken);

    /// <summary>Prepares to speak a text: finds its place in the checkpoint and its file. Call it in the order of the input.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">Where the sound is saved; null to give it with the result.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="plan">What the run keeps to.</param>
    /// <returns>What speaks it, as <see cref="SpeakAsync"/> does, or gives what an earlier run has spoken.</returns>
    /// <exception cref="ChatServiceException">It cannot be spoken or saved; it says why.</exception>
    public Func<CallSettings, CancellationToken, Task<ChatSpeech>> Prepare(SpokenText text, SpeechTarget? target, CallSettings settings, RunPlan plan)
    {
        ISpeech speech = connection.Require<ISpeech>("speech");
        text = (target?.Prepare(text) ?? text) with { Model = connection.ModelFor(text.Model) };
        List<string> parts = Cut(text);
        CheckpointSlot? slot = plan.Checkpoint?.Claim(speech.Write(text, text.Model, settings));
        if (slot?.Restore(record => KeptSpeech.Restore(record, text)) is { Path: { } path } kept && new FileInfo(path) is { Exists: true } file && file.Length == kept.Length)
        {
            return (_, _) => Task.FromResult(kept);
        }

        int place = target?.Take(text.Index) ?? 0;
        return (settings, token) => RunAsync(new SpokenParts(speech, text, target?.WrapsRaw == true), parts, target, place, slot, settings, plan, token);
    }

    private async Task<ChatSpeech> RunAsync(SpokenParts spoken, List<string> parts, SpeechTarget? target, int place, CheckpointSlot? slot, CallSettings settings, RunPlan plan, CancellationToken cancellationToken)
    {
        using Reservation? reservation = await ReserveAsync(spoken.Text, parts.Count, plan, settings, cancellationToken);
        long started = Stopwatch.GetTimestamp();
        try
        {
            string? path = null;
            byte[] data = [];
            if (target is null)
            {
                using MemoryStream sound = new();
                await AskAsync(spoken, parts, sound, settings, cancellationToken);
                data = sound.ToArray();
            }
            else
            {
                path = await target.SaveAsync(place, stream => AskAsync(spoken, parts, stream, settings, cancellationToken));
            }

            ChatSpeech result = spoken.ToResult(path, data, TimeSpan.FromSeconds((double)(Stopwatch.GetTimestamp() - started) / Stopwatch.Frequency));
            Settle(reservation, spoken, result.Usage);
            if (target is not null && result.Format != spoken.Expected)
            {
                settings.Warning?.Invoke($"The service gave {result.Format} where {spoken.Expected} was asked for: the sound is in '{path}'.");
            }

            await (slot?.SaveAsync(KeptSpeech.ToRecord(result, reservation)) ?? Task.CompletedTask);
            return result;
        }
        catch (ChatServiceException failure)
        {
            // What was spoken before the failure has been paid for.
            if (spoken.Count > 0)
            {
                Settle(reservation, spoken, spoken.Usage);
            }

            reservation?.Fail(failure);
            throw;
        }
    }

    private static void Settle(Reservation? reservation, SpokenParts spoken, ChatUsage? usage)
    {
        if (usage is null)
        {
            reservation?.SettleUnits(spoken.Units);
        }
        else
        {
            reservation?.Settle(usage, spoken.Cost);
        }
    }

    private static Dictionary<string, decimal> Units(SpokenText text, int parts, TimeSpan? duration) => new(StringComparer.OrdinalIgnoreCase)
    {
        [PriceUnits.Character] = text.Characters,
        [PriceUnits.Minute] = SoundFile.MinutesOf(duration) ?? text.Characters / CharactersPerMinute,
        [PriceUnits.Request] = parts - 1,
    };

    private static List<string> Cut(SpokenText text)
    {
        text.ValidateParameters();
        List<string> parts = [.. TextCut.AtSentences(text.Text, text.MostCharacters).Where(part => !string.IsNullOrWhiteSpace(part))];
        string format = text.Format ?? SpeechFormat.Usual;
        return parts.Count <= 1 || SpeechFormat.CanBeJoined(format) ? parts : throw Failures.Invalid(
            FormattableString.Invariant($"The text has {text.Text.Length} characters, and a request takes {text.MostCharacters}: {format} files cannot be joined."),
            "Ask for mp3, aac, wav or pcm, or give shorter texts. Where the service takes more at once, say so with -MaxCharacter.");
    }

    private async Task<Reservation?> ReserveAsync(SpokenText text, int parts, RunPlan plan, CallSettings settings, CancellationToken cancellationToken)
    {
        if (plan.Budget is not { } budget)
        {
            return null;
        }

        return await budget.ReserveAsync(Units(text, parts, duration: null), text.Model!, cancellationToken).SeenBy(settings.Watch);
    }

    private async Task<string> AskAsync(SpokenParts spoken, List<string> parts, Stream target, CallSettings settings, CancellationToken cancellationToken)
    {
        JoinedSound joined = new(target, spoken.WrapsRaw);
        foreach (string part in parts)
        {
            CallSettings about = connection.About(settings, spoken.Text.Index, 1, () => part);
            using CallContext call = connection.Begin(about, cancellationToken, spoken.Text.Model);
            joined.Begin();
            await spoken.AskAsync(connection, part, call, target, joined);
        }

        return spoken.Complete(joined, target);
    }
}
