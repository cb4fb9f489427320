using ChatPS.Api;
using ChatPS.Api.Decisions;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;

namespace ChatPS.Client.Decisions;

/// <summary>Asks endpoints for decisions.</summary>
/// <param name="connection">The connection.</param>
internal sealed class NativeDecisions(ServiceConnection connection)
{
    /// <summary>Asks the questions that fit into one call. Where the service does not take the form, no other call is made in vain.</summary>
    /// <param name="way">How.</param>
    /// <param name="request">What.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What the call brought.</returns>
    public Task<DecisionPart> AskFirstAsync(DecisionWay way, DecisionRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        DecisionRules.Check(request, way.Form!.Name, way.Form.MostOptions, way.Form.MostLevels, way.Form.TellsBooleans);
        return AskOnceAsync(way, Parts(request, way.Form)[0], settings, cancellationToken);
    }

    /// <summary>Asks the other questions.</summary>
    /// <param name="way">How.</param>
    /// <param name="request">What.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>What each call brought.</returns>
    public Task<DecisionPart[]> AskOthersAsync(DecisionWay way, DecisionRequest request, CallSettings settings, CancellationToken cancellationToken) =>
        SideBySide.RunAsync(Parts(request, way.Form!).Skip(1), part => AskOnceAsync(way, part, settings, cancellationToken));

    /// <summary>Shares the questions of a request out over calls.</summary>
    /// <param name="request">The request.</param>
    /// <param name="form">The form.</param>
    /// <returns>The request of each call, at least one.</returns>
    public static IReadOnlyList<DecisionRequest> Parts(DecisionRequest request, DecisionForm form) => request.Questions.Count <= form.MostQuestions
        ? [request]
        : [.. Enumerable.Range(0, (request.Questions.Count + form.MostQuestions - 1) / form.MostQuestions).Select(place => request with { Questions = [.. request.Questions.Skip(place * form.MostQuestions).Take(form.MostQuestions)] })];

    /// <summary>Writes a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="form">The form.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The body.</returns>
    public static DecisionBody ToBody(DecisionRequest request, DecisionForm form, ConnectionSettings connection, CallSettings settings)
    {
        DecisionBody body = new() { AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody") };
        foreach (KeyValuePair<string, object?> field in form.ToFields(request, connection, connection.ModelFor(request.Model)))
        {
            body.Fields[field.Key] = PlainJson.ToElement(field.Value, "-InputObject") ?? default;
        }

        return body;
    }

    /// <summary>Reads what was kept of a call.</summary>
    /// <param name="raw">Its answer.</param>
    /// <param name="questions">What was asked.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>What the call had brought.</returns>
    public static DecisionPart Restore(string raw, IReadOnlyList<ChatQuestion> questions, IAnswerOrigin origin) =>
        DecisionReader.Read(WireJson.Read<DecisionResponse>(raw, DecisionsJsonContext.Default), questions, origin);

    private Task<DecisionPart> AskOnceAsync(DecisionWay way, DecisionRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        string model = connection.ModelFor(request.Model);
        DecisionBody body = ToBody(request, way.Form!, connection.Settings, settings);
        return connection.SendAsync(
            settings,
            (call, token) => connection.Client<IDecisionsApi>(DecisionsJsonContext.Default).CreateAsync(way.Path(connection.Settings, model), body, call, token),
            (response, call) => DecisionReader.Read(response, request.Questions, call),
            cancellationToken,
            model);
    }
}
