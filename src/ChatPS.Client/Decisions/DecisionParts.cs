using System.Globalization;
using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Completions;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Decisions;

/// <summary>Puts together what the calls of one request brought.</summary>
internal static class DecisionParts
{
    /// <summary>Makes the object that users see.</summary>
    /// <param name="parts">What each call brought, in the order of the questions.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="model">The model that was asked: not all services say which answered.</param>
    /// <returns>The answers; usage and cost are those of all calls, the time is that of the longest.</returns>
    public static ChatDecision Join(IReadOnlyList<DecisionPart> parts, DecisionRequest request, string? model)
    {
        ChatDecisionAnswer[] answers = [.. parts.SelectMany(part => part.Answers)];
        return new ChatDecision
        {
            Answers = answers,
            Method = parts[0].Method,
            Parts = [.. parts.Select(part => part.Answers.Count)],
            Text = string.Join(", ", answers.Select(answer => answer.ToString())),
            Usage = request.Before.With(parts.Aggregate((ChatUsage?)null, static (sum, part) => new Spent(sum, null, TimeSpan.Zero).With(part.Usage))),
            Cost = request.Before.With(parts.All(part => part.Cost is null) ? null : parts.Sum(part => part.Cost)),
            Model = Shown(parts[0].Model is { Length: > 0 } told ? told : model),
            RequestedModel = request.RequestedModel,
            FallbackFrom = [.. request.FallbackFrom],
            Id = Shown(parts[0].Id),
            Elapsed = request.Before.Elapsed + parts.Max(part => part.Elapsed),
            RequestId = parts[0].RequestId,
            Connection = parts[0].Connection,
            Index = request.Index,
            Input = request.Input,
            Raw = parts.Count == 1 ? parts[0].Raw : $"[{string.Join(",", parts.Select(part => JsonMembers.TryParse(part.Raw) is null ? PlainJson.Write(part.Raw, "Raw") : part.Raw))}]",
        };
    }

    /// <summary>Writes down how an answer was put together.</summary>
    /// <param name="decision">The answer.</param>
    /// <returns>Where its parts come from, and how many answers each brought.</returns>
    public static string Describe(ChatDecision decision) => FormattableString.Invariant($"{decision.Method} {string.Join(" ", decision.Parts)}");

    /// <summary>Takes apart what was kept of the calls of one request.</summary>
    /// <param name="raw">The answers' JSON: one as it came, several as a list.</param>
    /// <param name="description">How it was put together.</param>
    /// <param name="questions">What was asked.</param>
    /// <returns>Where the parts come from, and the JSON of each with its questions.</returns>
    /// <exception cref="WireFormatException">They do not fit together.</exception>
    public static (ChatDecisionMethod Method, IReadOnlyList<(string Raw, IReadOnlyList<ChatQuestion> Questions)> Parts) Split(string raw, string? description, IReadOnlyList<ChatQuestion> questions)
    {
        string[] words = (description ?? "").Split(' ');
        int[] counts = [.. words.Skip(1).Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= questions.Count ? count : questions.Count + 1)];
        string[] pieces = counts.Length == 1 ? [raw] : JsonMembers.TryParse(raw) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.String ? JsonText.Read(part)! : part.GetRawText())]
            : [];
        if (!Enum.TryParse(words[0], out ChatDecisionMethod method) || pieces.Length == 0 || pieces.Length != counts.Length || counts.Sum(count => (long)count) != questions.Count)
        {
            throw new WireFormatException("The parts of the answer do not fit the questions.", raw);
        }

        int done = 0;
        return (method, [.. pieces.Zip(counts, (piece, count) => (piece, (IReadOnlyList<ChatQuestion>)[.. questions.Skip((done += count) - count).Take(count)]))]);
    }

    // A name is printed alone, and steers no terminal.
    private static string? Shown(string? name) => name is null ? null : Printable.Line(name);
}
