using System.Text.Json;
using ChatPS.Client.Completions;
using ChatPS.Client.Json;

namespace ChatPS.Client.Decisions;

/// <summary>Puts together what the calls of one request brought.</summary>
internal static class DecisionParts
{
    /// <summary>Makes the object that users see.</summary>
    /// <param name="parts">What each call brought, in the order of the questions.</param>
    /// <param name="request">What was asked.</param>
    /// <returns>The answers; usage and cost are those of all calls, the time is that of the longest.</returns>
    public static ChatDecision Join(IReadOnlyList<DecisionPart> parts, DecisionRequest request)
    {
        ChatDecisionAnswer[] answers = [.. parts.SelectMany(part => part.Answers)];
        return new ChatDecision
        {
            Answers = answers,
            Method = parts[0].Method,
            Text = string.Join(", ", answers.Select(answer => answer.ToString())),
            Usage = request.Before.With(parts.Aggregate((ChatUsage?)null, static (sum, part) => new Spent(sum, null, TimeSpan.Zero).With(part.Usage))),
            Cost = request.Before.With(parts.All(part => part.Cost is null) ? null : parts.Sum(part => part.Cost)),
            Model = parts[0].Model,
            RequestedModel = request.RequestedModel,
            FallbackFrom = [.. request.FallbackFrom],
            Id = parts[0].Id,
            Elapsed = request.Before.Elapsed + parts.Max(part => part.Elapsed),
            RequestId = parts[0].RequestId,
            Connection = parts[0].Connection,
            Index = request.Index,
            Input = request.Input,
            Raw = parts.Count == 1 ? parts[0].Raw : $"[{string.Join(",", parts.Select(part => JsonMembers.TryParse(part.Raw) is null ? PlainJson.Write(part.Raw, "Raw") : part.Raw))}]",
        };
    }

    /// <summary>Takes apart what was kept of the calls of one request.</summary>
    /// <param name="raw">The answers' JSON: one as it came, several as a list.</param>
    /// <returns>The JSON of each.</returns>
    public static IReadOnlyList<string> Split(string raw) => JsonMembers.TryParse(raw) is { ValueKind: JsonValueKind.Array } parts
        ? [.. parts.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.String ? part.GetString()! : part.GetRawText())]
        : [raw];
}
