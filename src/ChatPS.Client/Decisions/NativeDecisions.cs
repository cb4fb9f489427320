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

    /// <summary>Tells whether JSON is the answer of an endpoint for decisions.</summary>
    /// <param name="raw">The JSON.</param>
    /// <returns>Whether it is; if not, it is that of a chat.</returns>
    public static bool IsAnswer(string raw) => JsonMembers.TryParse(raw) is { } root && (root.Any("answers") ?? root.ObjectOf("result")?.Any("answers")) is not null;

    /// <summary>Reads what was kept.</summary>
    /// <param name="pieces">The answers of the calls.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where they come from.</param>
    /// <returns>What each call had brought.</returns>
    public static IReadOnlyList<DecisionPart> Restore(IReadOnlyList<string> pieces, DecisionRequest request, IAnswerOrigin origin)
    {
        DecisionResponse[] responses = [.. pieces.Select(piece => WireJson.Read<DecisionResponse>(piece, DecisionsJsonContext.Default))];
        if (responses.Length == 1)
        {
            return [DecisionReader.Read(responses[0], request.Questions, origin)];
        }

        List<DecisionPart> parts = [];
        bool isByPlace = responses.Sum(response => DecisionReader.CountOf(response) ?? 0) == request.Questions.Count;
        int done = 0;
        foreach (DecisionResponse response in responses)
        {
            int count = DecisionReader.CountOf(response) ?? 0;
            parts.Add(DecisionReader.Read(response, isByPlace ? [.. request.Questions.Skip(done).Take(count)] : request.Questions, origin));
            done += count;
        }

        return isByPlace ? parts : ByName(parts);
    }

    // Each part was searched for all questions.
    private static IReadOnlyList<DecisionPart> ByName(List<DecisionPart> parts)
    {
        IReadOnlyList<ChatDecisionAnswer> first = parts[0].Answers;
        ChatDecisionAnswer[] answers = [.. first.Select((answer, place) => parts.Select(part => part.Answers[place]).FirstOrDefault(each => each.Missing != AnswerReader.NoAnswer) ?? answer)];
        return [parts[0] with { Answers = answers }, .. parts.Skip(1).Select(part => part with { Answers = [] })];
    }

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
