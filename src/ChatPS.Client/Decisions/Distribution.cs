using System.Globalization;
using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Json;

namespace ChatPS.Client.Decisions;

/// <summary>Reads how likely each answer is: a list of values, or an object by their names.</summary>
internal static class Distribution
{
    /// <summary>How far a number may lie beyond its bounds by rounding.</summary>
    public const double Rounding = 0.011;

    // Services round to two decimals.
    private const double Drift = 0.0501;

    /// <summary>Tells whether numbers share out all that is possible, and no more.</summary>
    /// <param name="sum">Their sum.</param>
    /// <returns>Whether they do; if not, they are no probabilities.</returns>
    public static bool IsWhole(double sum) => sum is >= 1 - Drift and <= 1 + Drift;

    /// <summary>Finds the option that a service means.</summary>
    /// <param name="question">The question.</param>
    /// <param name="said">The option as it came: a text, or a boolean.</param>
    /// <returns>The option; null where it is none of the question's.</returns>
    public static ChatQuestionOption? Option(ChatQuestion question, JsonElement said) => said.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => Array.Find(question.Options, option => Equals(option.Value, said.GetBoolean())) ?? Named(question, said.GetBoolean() ? "true" : "false"),
        JsonValueKind.String => Array.Find(question.Options, option => Equals(option.Value, JsonText.Read(said))) ?? Named(question, JsonText.Read(said)),
        _ => Named(question, said.GetRawText()),
    };

    /// <summary>Reads how likely each option is.</summary>
    /// <param name="question">The question.</param>
    /// <param name="said">What came; null for nothing.</param>
    /// <returns>The options that are told, in the order of the question; none where what is told is no distribution.</returns>
    public static ChatDecisionProbability[] OfChoice(ChatQuestion question, JsonElement? said)
    {
        Dictionary<ChatQuestionOption, double> told = [];
        foreach ((JsonElement? value, string? name, double probability) in Entries(said))
        {
            if ((value is { } whole ? Option(question, whole) : Named(question, name)) is { } option)
            {
                told[option] = told.TryGetValue(option, out double other) && other != probability ? double.NaN : probability;
            }
        }

        return !IsWhole(told.Values.Sum()) ? [] : [.. question.Options.Where(told.ContainsKey).Select(option => new ChatDecisionProbability { Value = option.Value, Probability = told[option] })];
    }

    /// <summary>Reads how likely each level is.</summary>
    /// <param name="question">The question.</param>
    /// <param name="said">What came; null for nothing.</param>
    /// <returns>The levels that are told, in the order of the question, none where what is told is no distribution; and the number that the service gives to the first: 0 as far as is known.</returns>
    public static (ChatDecisionProbability[] Levels, int First) OfScore(ChatQuestion question, JsonElement? said)
    {
        Dictionary<int, double> told = [];
        foreach ((JsonElement? value, string? name, double probability) in Entries(said))
        {
            if (int.TryParse(value is { } whole ? JsonText.Read(whole) : name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            {
                told[number] = told.TryGetValue(number, out double other) && other != probability ? double.NaN : probability;
            }
        }

        int first = told.Count == question.Levels.Length ? told.Keys.Min() : 0;
        ChatDecisionProbability[] levels =
        [
            .. question.Levels.Select((level, place) => (Level: level, Number: place + first)).Where(level => told.ContainsKey(level.Number)).Select(level => new ChatDecisionProbability
            {
                Value = level.Level.Value,
                Label = level.Level.Label,
                Probability = told[level.Number],
            }),
        ];
        return (IsWhole(levels.Sum(level => level.Probability)) ? levels : [], first);
    }

    /// <summary>Reads a share of 1.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The member.</param>
    /// <returns>The share; null where there is none, or the number is no share.</returns>
    public static double? Share(this JsonElement element, string name) => Share(element.Number(name));

    /// <summary>Reads a number.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The member.</param>
    /// <returns>The number; null where there is none.</returns>
    public static double? Number(this JsonElement element, string name) => JsonText.Member(element, name) is { } value ? Number(value) : null;

    private static double? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && Math.Abs(number) < int.MaxValue ? number : null;

    private static double? Share(double? number) => number is >= -Rounding and <= 1 + Rounding ? Math.Min(Math.Max(number.Value, 0), 1) : null;

    private static IEnumerable<(JsonElement? Value, string? Name, double Probability)> Entries(JsonElement? said)
    {
        if (said is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (JsonElement item in list.EnumerateArray())
            {
                if (JsonText.Member(item, "value") is { } value && item.Share("probability") is { } probability)
                {
                    yield return (value, null, probability);
                }
            }
        }
        else if (said is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (JsonProperty member in members.EnumerateObject())
            {
                if (Share(Number(member.Value)) is { } probability)
                {
                    yield return (null, JsonText.Name(member), probability);
                }
            }
        }
    }

    private static ChatQuestionOption? Named(ChatQuestion question, string? label) =>
        Array.Find(question.Options, option => option.Label() == label) ?? (question.Options.Count(option => string.Equals(option.Label(), label, StringComparison.OrdinalIgnoreCase)) == 1
            ? Array.Find(question.Options, option => string.Equals(option.Label(), label, StringComparison.OrdinalIgnoreCase))
            : null);
}
