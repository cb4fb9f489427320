using System.Collections.Concurrent;
using ChatPS.Api;
using ChatPS.Api.Decisions;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Decisions;

/// <summary>Typed questions of one connection.</summary>
public sealed class DecisionService : AnswerService<DecisionRequest, ChatDecision>
{
    private readonly ConcurrentDictionary<string, FoundOnce<DecisionWay>> _ways = new(StringComparer.Ordinal);
    private readonly NativeDecisions _native;
    private readonly ChatDecisions _chat;

    internal DecisionService(ServiceConnection connection)
        : base(connection)
    {
        _native = new NativeDecisions(connection);
        _chat = new ChatDecisions(connection);
    }

    /// <summary>The names of the forms that can be chosen; the last stands for a chat model in place of an endpoint for decisions.</summary>
    public static IReadOnlyList<string> Forms => [.. DecisionForms.All.Select(form => form.Name), DecisionForms.Chat];

    /// <summary>Whether answers have probabilities, as far as is known before anything is sent.</summary>
    /// <param name="model">The model; null for the connection's.</param>
    /// <param name="form">The name of the form; null for that of the service.</param>
    /// <returns>Whether they have; null where it is not known yet.</returns>
    /// <exception cref="ChatServiceException">There is no such form, or no model is named.</exception>
    public bool? HasProbabilities(string? model, string? form = null)
    {
        DecisionWay? found = Ways(model, form).Found;
        return (found ?? new WaySearch(Connection.Settings, form, CallSettings.None).First).Form is null
            ? _chat.MethodOf(Connection.ModelFor(model)) is { } method ? method == ChatDecisionMethod.LogProbs : null
            : found is null ? null : true;
    }

    private protected override DecisionRequest With(DecisionRequest request, string model, IReadOnlyList<string> fallbackFrom) => request with { Model = model, FallbackFrom = fallbackFrom };

    // In one form and unsplit, whichever the service takes: what is asked is the same.
    private protected override ArraySegment<byte> ToJson(DecisionRequest request, CallSettings settings)
    {
        DecisionRules.Check(request);
        return WireJson.Write(NativeDecisions.ToBody(request, DecisionForms.OpenAI, Connection.Settings, settings), DecisionsJsonContext.Default);
    }

    private protected override int EstimateInput(DecisionRequest request) => Estimate(request).Input;

    private protected override string PromptOf(DecisionRequest request) => $"{request.AsText()}\n\n{string.Join("\n", request.Questions)}";

    private protected override int? OutputLimit(DecisionRequest request) => Estimate(request).Output;

    // A service that was not asked yet may turn out to be a chat model.
    private protected override (int Input, int? Output, int Requests) Most(DecisionRequest request)
    {
        DecisionEstimate estimate = Estimate(request);
        return (estimate.MostInput, Ways(request.Model, request.Form).Found is null ? null : estimate.Output, estimate.MostCalls);
    }

    private protected override ChatDecision Restore(CheckpointRecord record, DecisionRequest request, IAnswerOrigin origin)
    {
        IReadOnlyList<string> pieces = DecisionParts.Split(record.Raw);
        IAnswerOrigin each = pieces.Count > 1 && origin is CheckpointOrigin kept ? kept.OfPart() : origin;
        IReadOnlyList<DecisionPart> parts = pieces.All(NativeDecisions.IsAnswer) ? NativeDecisions.Restore(pieces, request, each) : _chat.Restore(pieces, request, each);
        return DecisionParts.Join(pieces.Count > 1 && parts.All(part => part.Cost is null) ? [parts[0] with { Cost = record.Cost }, .. parts.Skip(1)] : parts, request);
    }

    private protected override async Task<ChatDecision> AskAsync(DecisionRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        DecisionRules.Check(request);
        FoundOnce<DecisionWay> ways = Ways(request.Model, request.Form);
        WaySearch search = new(Connection.Settings, request.Form, settings);
        DecisionWay way = search.First;
        DecisionWay? followed = null;
        IReadOnlyList<DecisionPart> first;
        try
        {
            first = await BeginAsync(way);
        }
        catch (ChatServiceException failure) when (followed is not null)
        {
            if (search.Again(followed, failure) is not { } other)
            {
                throw;
            }

            ways.Forget(followed);
            first = await BeginAsync(other);
        }

        return DecisionParts.Join(way.Form is null ? first : [.. first, .. await _native.AskOthersAsync(way, request, settings, cancellationToken)], request);

        Task<IReadOnlyList<DecisionPart>> BeginAsync(DecisionWay begin) => ways.CallAsync(known => AskFirstAsync(followed = known), () => search.FindAsync(begin, AskFirstAsync), cancellationToken);

        async Task<IReadOnlyList<DecisionPart>> AskFirstAsync(DecisionWay next)
        {
            way = next;
            return way.Form is null
                ? await _chat.AskAsync(request, Connection.ModelFor(request.Model), settings, cancellationToken)
                : [await _native.AskFirstAsync(way, request, settings, cancellationToken)];
        }
    }

    private DecisionEstimate Estimate(DecisionRequest request)
    {
        DecisionRules.Check(request);
        return WayOf(request).Form is { } form ? DecisionEstimate.OfEndpoint(request, form, Connection)
            : DecisionEstimate.OfChat(request, _chat.MethodOf(request, Connection.ModelFor(request.Model)), Connection);
    }

    // Gateways send models on to services of different forms.
    private FoundOnce<DecisionWay> Ways(string? model, string? form) => _ways.GetOrAdd($"{form}\n{Connection.ModelFor(model)}", static _ => new FoundOnce<DecisionWay>());

    private DecisionWay WayOf(DecisionRequest request) => Ways(request.Model, request.Form).Found ?? new WaySearch(Connection.Settings, request.Form, CallSettings.None).First;
}
