using System.Text.Json;

namespace ChatPS.Client.Decisions;

/// <summary>Answers by the names of their questions, which some services write in another case.</summary>
/// <param name="said">The answers with their names; those without one are no part of it.</param>
internal sealed class NamedAnswers(IEnumerable<(string? Name, JsonElement Answer)> said)
{
    private readonly Dictionary<string, List<(string Name, JsonElement Answer)>> _said = said
        .Where(each => each.Name is not null)
        .GroupBy(each => each.Name!, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(same => same.Key, same => same.Select(each => (each.Name!, each.Answer)).ToList(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets how many have a name.</summary>
    public int Count => _said.Values.Sum(same => same.Count);

    /// <summary>Tells whether a name is that of a question.</summary>
    public static bool IsName(string name, ChatQuestion question) => string.Equals(name, question.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells whether there is an answer to a question.</summary>
    public bool Has(ChatQuestion question) => _said.ContainsKey(question.Name);

    /// <summary>Reads the answer to a question.</summary>
    /// <param name="question">What was asked.</param>
    /// <returns>The answer, which is missing where there is none, or where there are several that differ.</returns>
    public ChatDecisionAnswer Read(ChatQuestion question)
    {
        if (!_said.TryGetValue(question.Name, out List<(string Name, JsonElement Answer)>? same))
        {
            return AnswerReader.Read(question, said: null);
        }

        List<(string Name, JsonElement Answer)> exact = same.FindAll(each => each.Name == question.Name);
        List<(string Name, JsonElement Answer)> meant = exact.Count > 0 ? exact : same;
        string first = meant[0].Answer.GetRawText();
        return meant.TrueForAll(each => each.Answer.GetRawText() == first) ? AnswerReader.Read(question, meant[0].Answer) : AnswerReader.Missing(question, AnswerReader.Undecided);
    }
}
