using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Runs;

namespace ChatPS.Client.Completions;

/// <summary>
/// Answers of a model. A run may keep them in a checkpoint, keep within a budget, and turn to other models where one fails; what
/// is asked and how is the business of those who derive from this.
/// </summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TAnswer">The whole answer.</typeparam>
public abstract class AnswerService<TRequest, TAnswer>
    where TRequest : GenerationRequest
    where TAnswer : ChatAnswer
{
    private protected AnswerService(ServiceConnection connection) => Connection = connection;

    private protected ServiceConnection Connection { get; }

    /// <summary>Gets an answer, outside any run.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why.</exception>
    public Task<TAnswer> CompleteAsync(TRequest request, CallSettings settings, CancellationToken cancellationToken) =>
        CompleteAsync(request, settings, RunPlan.None, cancellationToken);

    /// <summary>Gets an answer.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="plan">What the run keeps to.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why.</exception>
    public async Task<TAnswer> CompleteAsync(TRequest request, CallSettings settings, RunPlan plan, CancellationToken cancellationToken)
    {
        settings = Carrying(request, settings);
        CheckpointSlot? slot = Claim(request, settings, plan);
        if (slot is not null && Find(slot, request, settings) is { } stored)
        {
            return stored;
        }

        IReadOnlyList<TRequest> candidates = Candidates(request, plan);
        foreach (TRequest candidate in candidates)
        {
            using Reservation? reservation = await ReserveAsync(candidate, settings, plan, cancellationToken);
            try
            {
                TAnswer answer = await AskAsync(candidate, About(candidate, CountedBy(reservation, settings)), cancellationToken);
                reservation?.Settle(answer.Usage, answer.Cost);
                await SaveAsync(slot, plan, candidate, answer, reservation, isStream: false);
                return answer;
            }
            catch (ChatServiceException failure)
            {
                reservation?.Fail(failure);
                if (!GoesOn(candidate, candidates, failure, settings, plan))
                {
                    throw;
                }
            }
        }

        throw new InvalidOperationException("The last model neither answered nor failed.");
    }

    /// <summary>Estimates what a request would take. Nothing is sent.</summary>
    /// <param name="request">What would be asked.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="ChatServiceException">No model is named.</exception>
    public RequestEstimate Estimate(TRequest request, CallSettings settings)
    {
        string model = Connection.Settings.ModelFor(request.Model);
        long input = EstimateInput(request);
        long? output = (long?)OutputLimit(request) * (request.N ?? 1);
        return new RequestEstimate(model, input, output, Connection.Settings.PricesFor(settings)?.Cost(model, input, 0, output ?? 0));
    }

    /// <summary>Makes the request for another model.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="fallbackFrom">The models that failed before.</param>
    /// <returns>The request.</returns>
    private protected abstract TRequest With(TRequest request, string model, IReadOnlyList<string> fallbackFrom);

    /// <summary>Writes a request as it is sent, but for the wish to stream: what has the same JSON has the same answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The JSON in UTF-8.</returns>
    private protected abstract ArraySegment<byte> ToJson(TRequest request, CallSettings settings);

    /// <summary>About how many tokens a request has.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Rather too many than too few.</returns>
    private protected abstract int EstimateInput(TRequest request);

    /// <summary>Tells in words what a request asks.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The text of a single message; else each message with its role before it.</returns>
    private protected abstract string PromptOf(TRequest request);

    /// <summary>How many requests an answer may take.</summary>
    /// <param name="request">The request.</param>
    /// <returns>At least 1.</returns>
    private protected virtual int MostRequests(TRequest request) => 1;

    /// <summary>The most tokens of one answer.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The limit; null where the request has none.</returns>
    private protected abstract int? OutputLimit(TRequest request);

    /// <summary>The most that all requests for an answer may take together.</summary>
    /// <param name="request">The request.</param>
    /// <returns>About how many tokens they have, the most tokens of their answers (null where there is no limit), and how many they are.</returns>
    private protected virtual (int Input, int? Output, int Requests) Most(TRequest request)
    {
        int requests = MostRequests(request);
        return (EstimateInput(request) * requests, OutputLimit(request) * (request.N ?? 1) * requests, requests);
    }

    /// <summary>Says what of a request may hold secrets, such as a token for a server of tools.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The settings, which carry it.</returns>
    private protected virtual CallSettings Carrying(TRequest request, CallSettings settings) => settings;

    private protected abstract TAnswer Restore(CheckpointRecord record, TRequest request, IAnswerOrigin origin);

    private protected abstract Task<TAnswer> AskAsync(TRequest request, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Finds the place of a request in the checkpoint, if there is one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="plan">What the run keeps to.</param>
    /// <returns>The place; null without a checkpoint.</returns>
    internal CheckpointSlot? Claim(TRequest request, CallSettings settings, RunPlan plan) => plan.Checkpoint?.Claim([.. ToJson(request, settings)]);

    /// <summary>Writes a request as it is sent, for those who send it otherwise.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The JSON in UTF-8.</returns>
    internal ArraySegment<byte> Write(TRequest request, CallSettings settings) => ToJson(request, settings);

    /// <summary>Makes an answer of what a checkpoint keeps of it.</summary>
    /// <param name="record">What is kept.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The answer.</returns>
    internal TAnswer Restore(CheckpointRecord record, TRequest request, CallSettings settings)
    {
        TRequest asked = record.FallbackFrom.Count > 0 ? With(request, record.RequestedModel ?? "", record.FallbackFrom) : request;
        return Restore(record, asked, new CheckpointOrigin(record, Connection.Settings, settings));
    }

    /// <summary>Makes an answer of what a service has said to another call.</summary>
    /// <param name="raw">The answer's wire JSON.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>The answer.</returns>
    internal TAnswer Read(string raw, TRequest request, IAnswerOrigin origin) => Restore(new CheckpointRecord { Raw = raw }, request, origin);

    // Only for those who look on.
    private protected CallSettings About(TRequest request, CallSettings settings) =>
        Connection.Log is null && settings.Verbose is null && settings.Debug is null ? settings : Connection.About(settings, request.Index, 1, PromptLater(request));

    // What answers are made of is counted by whoever holds the reservation.
    private protected static CallSettings CountedBy(Reservation? reservation, CallSettings settings) => reservation is null ? settings : settings with { Spending = reservation };

    private Func<string> PromptLater(TRequest request) => () => PromptOf(request);

    private protected TAnswer? Find(CheckpointSlot slot, TRequest request, CallSettings settings) => slot.Restore(record => Restore(record, request, settings));

    private protected IReadOnlyList<TRequest> Candidates(TRequest request, RunPlan plan)
    {
        if (plan.Fallback.Models.Count == 0)
        {
            return [request];
        }

        string[] models = [.. new[] { Connection.Settings.ModelFor(request.Model) }.Concat(plan.Fallback.Models).Distinct(StringComparer.Ordinal)];
        return [.. models.Select((model, place) => With(request, model, models.Take(place).ToArray()))];
    }

    private protected static bool GoesOn(TRequest candidate, IReadOnlyList<TRequest> candidates, ChatServiceException failure, CallSettings settings, RunPlan plan)
    {
        bool goesOn = !ReferenceEquals(candidate, candidates[candidates.Count - 1]) && plan.Fallback.Covers(failure);
        if (goesOn)
        {
            settings.Verbose?.Invoke($"{candidate.Model}: {failure.ErrorId}. Asking the next model.");
        }

        return goesOn;
    }

    private protected async Task<Reservation?> ReserveAsync(TRequest request, CallSettings settings, RunPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Budget is not { } budget)
        {
            return null;
        }

        (int input, int? output, int requests) = Most(request);
        return await budget.ReserveAsync(input, output, Connection.Settings.ModelFor(request.Model), cancellationToken, requests).SeenBy(settings.Watch);
    }

    private protected Task SaveAsync(CheckpointSlot? slot, RunPlan plan, TRequest request, TAnswer answer, Reservation? reservation, bool isStream)
    {
        if (slot is null && plan.Answered is null)
        {
            return Task.CompletedTask;
        }

        CheckpointRecord record = new()
        {
            Raw = answer.Raw,
            IsStream = isStream,
            Elapsed = answer.Elapsed,
            RequestId = answer.RequestId,
            Connection = answer.Connection,
            RequestedModel = Connection.Settings.ModelFor(request.Model),
            FallbackFrom = request.FallbackFrom,
            TotalTokens = answer.Usage?.TotalTokens ?? reservation?.Tokens ?? 0,
            OutputTokens = answer.Usage?.OutputTokens ?? 0,
            Cost = answer.Usage is null ? reservation?.Cost : answer.Cost,
            At = DateTimeOffset.UtcNow,
        };
        plan.Answered?.Invoke(record);
        return slot is null ? Task.CompletedTask : slot.SaveAsync(record);
    }
}
