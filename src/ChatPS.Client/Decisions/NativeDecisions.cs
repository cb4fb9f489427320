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
    /// <summary>Asks all questions of a request, over several calls side by side where they are too many for one.</summary>
    /// <param name="way">How.</param>
    /// <param name="request">What.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="isTrial">Whether it is not known yet if the service takes the form: the first call goes alone then.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>What each call brought.</returns>
    public async Task<IReadOnlyList<DecisionPart>> AskAsync(DecisionWay way, DecisionRequest request, CallSettings settings, bool isTrial, CancellationToken cancellationToken)
    {
        DecisionForm form = way.Form!;
        DecisionRules.Check(request, form.Name, form.MostOptions, form.MostLevels, form.TellsBooleans);
        DecisionRequest[] parts = [.. Enumerable.Range(0, Calls(request, form)).Select(place => request with { Questions = [.. request.Questions.Skip(place * form.MostQuestions).Take(form.MostQuestions)] })];
        if (!isTrial)
        {
            return await Task.WhenAll(parts.Select(part => AskOnceAsync(way, part, settings, cancellationToken)));
        }

        DecisionPart first = await AskOnceAsync(way, parts[0], settings, cancellationToken);
        return [first, .. await Task.WhenAll(parts.Skip(1).Select(part => AskOnceAsync(way, part, settings, cancellationToken)))];
    }

    /// <summary>Counts the calls that a request takes.</summary>
    /// <param name="request">The request.</param>
    /// <param name="form">The form.</param>
    /// <returns>At least 1.</returns>
    public static int Calls(DecisionRequest request, DecisionForm form) => Math.Max(1, (request.Questions.Count + form.MostQuestions - 1) / form.MostQuestions);

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
