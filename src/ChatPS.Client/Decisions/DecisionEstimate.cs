using ChatPS.Api;
using ChatPS.Api.Decisions;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Decisions;

/// <summary>About what a request takes: reckoned from what would be sent, each call with the evidence.</summary>
/// <param name="Input">The tokens that are sent if all goes well.</param>
/// <param name="Output">The most tokens of all answers; null where nobody knows.</param>
/// <param name="MostInput">The most tokens that are sent.</param>
/// <param name="MostCalls">The most calls.</param>
internal sealed record DecisionEstimate(int Input, int? Output, int MostInput, int MostCalls)
{
    /// <summary>Estimates a request to an endpoint for decisions, which writes nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="form">Its form.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>The estimate.</returns>
    public static DecisionEstimate OfEndpoint(DecisionRequest request, DecisionForm form, ServiceConnection connection)
    {
        IReadOnlyList<DecisionRequest> parts = NativeDecisions.Parts(request, form);
        int input = Sum(parts.Select(part => Tokens(WireJson.Write(NativeDecisions.ToBody(part, form, connection.Settings, CallSettings.None), DecisionsJsonContext.Default), request)));
        return new DecisionEstimate(input, 0, input, parts.Count);
    }

    /// <summary>Estimates a request to a chat model.</summary>
    /// <param name="request">The request.</param>
    /// <param name="method">How it is asked; null where it is not known yet: it may be asked for a label first, and for a typed answer then.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>The estimate.</returns>
    public static DecisionEstimate OfChat(DecisionRequest request, ChatDecisionMethod? method, ServiceConnection connection)
    {
        int[] labels = method == ChatDecisionMethod.Structured ? [] : [.. request.Questions.Select(question => Tokens(TokenDecisions.ToChat(request, question)))];
        if (method == ChatDecisionMethod.LogProbs)
        {
            return new DecisionEstimate(Sum(labels), TokenDecisions.MostTokens * labels.Length, Sum(labels), labels.Length);
        }

        int[] typed = [.. StructuredDecisions.Groups(request.Questions).Select(group => Tokens(StructuredDecisions.ToChat(request, group)))];
        IEnumerable<int> repaired = Enumerable.Repeat(typed, 1 + StructuredDecisions.Repairs).SelectMany(each => each).Concat(labels.Take(1));
        return new DecisionEstimate(Sum(labels.Length > 0 ? labels : typed), null, Math.Max(Sum(labels), Sum(repaired)), Math.Max(labels.Length, repaired.Count()));

        int Tokens(ChatRequest chat) => DecisionEstimate.Tokens(connection.Chat.Write(chat, CallSettings.None), request);
    }

    private static int Tokens(ArraySegment<byte> json, DecisionRequest request) => TokenEstimate.FromRequest(json.Count, request.Messages);

    private static int Sum(IEnumerable<int> tokens) => (int)Math.Min(int.MaxValue, tokens.Sum(each => (long)each));
}
