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

    /// <summary>Checks what is asked against the form in which the service is asked, as far as that is known before anything is sent.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="model">The model; null for the connection's.</param>
    /// <param name="form">The name of the form; null for that of the service.</param>
    /// <exception cref="ChatServiceException">There is no such form, no model is named, or a question goes beyond the form.</exception>
    public void Check(IReadOnlyList<ChatQuestion> questions, string? model, string? form = null)
    {
        if ((Ways(model, form).Found ?? new WaySearch(Connection.Settings, form, CallSettings.None).First).Form is { } known)
        {
            DecisionRules.Check(new DecisionRequest { Questions = questions }, known.Name, known.MostOptions, known.MostLevels, known.TellsBooleans);
        }
    }

    private protected override DecisionRequest With(DecisionRequest request, string model, IReadOnlyList<string> fallbackFrom) => request with { Model = model, FallbackFrom = fallbackFrom };

    // In one form and unsplit, whichever the service takes: what is asked is the same.
    private protected override ArraySegment<byte> ToJson(DecisionRequest request, CallSettings settings)
    {
        DecisionRules.Check(request);
        return WireJson.Write(NativeDecisions.ToBody(request, DecisionForms.OpenAI, Connection.Settings, settings), DecisionsJsonContext.Default);
    }

    // Each call carries the evidence.
    private protected override int EstimateInput(DecisionRequest request)
    {
        int evidence = request.Messages.Sum(TokenEstimate.FromMessage) + (request.Data is { } data ? TokenEstimate.FromBytes(PlainJson.Write(data, "-InputObject").Length) : 0);
        int questions = request.Questions.Sum(question => TokenEstimate.FromBytes(
            question.Text.Length + question.Options.Sum(option => option.Label().Length + (option.Description?.Length ?? 0)) + question.Levels.Sum(level => level.Words().Length)));
        return (int)Math.Min(int.MaxValue, ((long)evidence * Calls(request)) + questions);
    }

    private protected override string PromptOf(DecisionRequest request) => $"{request.AsText()}\n\n{string.Join("\n", request.Questions)}";

    // Endpoints for decisions write nothing.
    private protected override int? OutputLimit(DecisionRequest request) => WayOf(request).Form is null ? TokenDecisions.MostTokens * request.Questions.Count : 0;

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
        return DecisionParts.Join(await Ways(request.Model, request.Form).CallAsync(way => AskAsync(way, isTrial: false), () => new WaySearch(Connection.Settings, request.Form, settings).FindAsync(way => AskAsync(way, isTrial: true)), cancellationToken), request);

        Task<IReadOnlyList<DecisionPart>> AskAsync(DecisionWay way, bool isTrial) => way.Form is null
            ? _chat.AskAsync(request, Connection.ModelFor(request.Model), settings, cancellationToken)
            : _native.AskAsync(way, request, settings, isTrial, cancellationToken);
    }

    private int Calls(DecisionRequest request) => WayOf(request).Form is { } form ? NativeDecisions.Calls(request, form) : _chat.Calls(request, Connection.ModelFor(request.Model));

    // Gateways send models on to services of different forms.
    private FoundOnce<DecisionWay> Ways(string? model, string? form) => _ways.GetOrAdd($"{form}\n{Connection.ModelFor(model)}", static _ => new FoundOnce<DecisionWay>());

    private DecisionWay WayOf(DecisionRequest request) => Ways(request.Model, request.Form).Found ?? new WaySearch(Connection.Settings, request.Form, CallSettings.None).First;
}
