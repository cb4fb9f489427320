using System.Text.Json;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Play;

/// <summary>A question with labels that stands in a chat, as clients ask it where a service has no endpoint for decisions.</summary>
internal sealed class DecisionTask
{
    private const string Break = "\n---\n";
    private const string Ask = "Answer with one of these labels, and with nothing else:\n";

    private DecisionTask(IReadOnlyList<string> labels, decimal[] shares)
    {
        Label = labels[Array.IndexOf(shares, shares.Max())];
        Alternatives = [.. labels.Zip(shares, static (label, share) => (label, share > 0 ? Math.Round((decimal)Math.Log((double)share), 4) : -100)).OrderByDescending(static each => each.Item2)];
    }

    /// <summary>The likeliest label.</summary>
    public string Label { get; }

    /// <summary>The labels and the logarithms of how likely they are, the likeliest first.</summary>
    public IReadOnlyList<(string Token, decimal LogProb)> Alternatives { get; }

    /// <summary>Looks for a question with labels.</summary>
    /// <param name="text">What the user says.</param>
    /// <returns>The question; null where there is none.</returns>
    public static DecisionTask? Find(string text)
    {
        int ask = text.LastIndexOf(Ask, StringComparison.Ordinal);
        return ask < 0 ? null : Read(text, ask);
    }

    /// <summary>Answers several questions, each a property of a schema that tells in its description what is asked.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="text">What the user says.</param>
    /// <returns>The answer; null where the schema is another one.</returns>
    public static Dictionary<string, object?>? Fill(JsonElement schema, string text)
    {
        if (text.IndexOf(Break + "Answer these questions:", StringComparison.Ordinal) < 0 || !schema.TryGetProperty("properties", out JsonElement properties))
        {
            return null;
        }

        string evidence = Split(text).Evidence;
        return properties.EnumerateObject().ToDictionary(static property => property.Name, property => (object?)Answer(property.Value, evidence), StringComparer.Ordinal);
    }

    private static DecisionTask? Read(string text, int ask)
    {
        (string evidence, string task) = Split(text);
        if (evidence.IndexOf(Judge.Refusal, StringComparison.Ordinal) >= 0)
        {
            return null;
        }

        string[] lines = text.Substring(ask + Ask.Length).Split('\n');
        string[] labels = [.. lines.Select(static line => line.Split(':')[0])];
        string[] words = [.. lines.Select(static line => line.IndexOf(':') is >= 0 and { } colon ? line.Substring(colon + 1) : "")];
        string question = task.Substring(0, Math.Max(0, task.LastIndexOf(Ask, StringComparison.Ordinal)));
        return new DecisionTask(labels, Shares(evidence, question, labels, words));
    }

    private static JsonElement Answer(JsonElement property, string evidence)
    {
        string description = property.TryGetProperty("description", out JsonElement words) ? words.GetString()! : "";
        if (!property.TryGetProperty("enum", out JsonElement values))
        {
            return Shape.ToElement(Judge.YesOrNo(evidence, description, null) >= 0.5m);
        }

        // What is asked (one: means this; other).
        int start = Math.Max(0, description.LastIndexOf(" (", StringComparison.Ordinal));
        string[] options = description.Substring(start).Split([';'], values.GetArrayLength());
        decimal[] shares = values[0].ValueKind == JsonValueKind.Number ? Judge.Score(evidence, description.Substring(0, start), options) : Judge.Choice(evidence, options);
        return values[Math.Min(Array.IndexOf(shares, shares.Max()), values.GetArrayLength() - 1)];
    }

    private static decimal[] Shares(string evidence, string question, string[] labels, string[] words)
    {
        if (labels is ["yes", "no"])
        {
            decimal yes = Judge.YesOrNo(evidence, question, null);
            return [yes, 1 - yes];
        }

        return labels[0].All(char.IsDigit) ? Judge.Score(evidence, question, words) : Judge.Choice(evidence, words);
    }

    private static (string Evidence, string Task) Split(string text)
    {
        int at = text.LastIndexOf(Break, StringComparison.Ordinal);
        return at < 0 ? (text, text) : (text.Substring(0, at), text.Substring(at + Break.Length));
    }
}
