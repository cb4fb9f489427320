using ChatPS.Api;
using ChatPS.Api.Decisions;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Decisions;

/// <summary>Typed questions of one connection.</summary>
public sealed class DecisionService : AnswerService<DecisionRequest, ChatDecision>
{
    private readonly NativeDecisions _native;

    internal DecisionService(ServiceConnection connection)
        : base(connection) => _native = new NativeDecisions(connection);

    /// <summary>The names of the forms that can be chosen; the last stands for a chat model in place of an endpoint for decisions.</summary>
    public static IReadOnlyList<string> Forms => [.. DecisionForms.All.Select(form => form.Name), DecisionForms.Chat];

    /// <summary>Whether answers have probabilities, as far as is known before anything is sent.</summary>
    /// <param name="model">The model; null for the connection's.</param>
    /// <param name="form">The name of the form; null for that of the service.</param>
    /// <returns>Whether they have; null where it is not known yet.</returns>
    public bool? HasProbabilities(string? model, string? form = null) => null;

    private protected override DecisionRequest With(DecisionRequest request, string model, IReadOnlyList<string> fallbackFrom) => request with { Model = model, FallbackFrom = fallbackFrom };

    // In one form and unsplit, whichever the service takes: what is asked is the same.
    private protected override ArraySegment<byte> ToJson(DecisionRequest request, CallSettings settings)
    {
        DecisionRules.Check(request);
        return WireJson.Write(NativeDecisions.ToBody(request, DecisionForms.OpenAI, Connection.Settings, settings), DecisionsJsonContext.Default);
    }

    private protected override int EstimateInput(DecisionRequest request) =>
        request.Messages.Sum(TokenEstimate.FromMessage)
        + (request.Data is { } data ? TokenEstimate.FromBytes(PlainJson.Write(data, "-InputObject").Length) : 0)
        + request.Questions.Sum(question => TokenEstimate.FromBytes(question.Text.Length + question.Options.Sum(option => option.Label().Length + option.Description?.Length ?? 0) + question.Levels.Sum(level => level.Words().Length)));

    private protected override string PromptOf(DecisionRequest request) => $"{request.AsText()}\n\n{string.Join("\n", request.Questions)}";

    private protected override int? OutputLimit(DecisionRequest request) => 0;

    private protected override ChatDecision Restore(CheckpointRecord record, DecisionRequest request, IAnswerOrigin origin)
    {
        DecisionPart part = DecisionReader.Read(WireJson.Read<DecisionResponse>(record.Raw, DecisionsJsonContext.Default), request.Questions, origin);
        return DecisionParts.Join([part], request);
    }

    private protected override async Task<ChatDecision> AskAsync(DecisionRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        DecisionRules.Check(request);
        DecisionForm form = request.Form is { } name ? DecisionForms.Find(name)! : DecisionForms.First(Connection.Settings)!;
        return DecisionParts.Join(await _native.AskAsync(new DecisionWay(form, form.Path(Connection.Settings, Connection.ModelFor(request.Model))), request, settings, isTrial: true, cancellationToken), request);
    }
}
