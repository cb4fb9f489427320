using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Decisions;

/// <summary>A question that stands under its name, as in System One and at Google.</summary>
/// <param name="Yes">What a question of yes or no calls the meaning of yes.</param>
/// <param name="No">And that of no.</param>
/// <param name="MostLevels">The most levels of a score.</param>
internal sealed record NamedQuestion(string Yes, string No, int MostLevels)
{
    /// <summary>Whether a question of yes or no tells how sure it is beside how likely, and others as likely as the winner.</summary>
    public bool IsSureAsLikely { get; init; }

    /// <summary>Answers the questions of a request.</summary>
    /// <param name="body">The request.</param>
    /// <param name="evidence">What they are about.</param>
    /// <param name="most">The most questions.</param>
    /// <returns>The answers by the names of the questions.</returns>
    public Dictionary<string, object?> AnswerAll(Fields body, string evidence, int most)
    {
        body.Required("questions");
        JsonProperty[] questions = [.. body.Object("questions")!.Value.EnumerateObject()];
        return questions.Length >= 1 && questions.Length <= most
            ? questions.ToDictionary(static question => question.Name, question => (object?)Answer(question.Value.AsObject($"questions.{question.Name}").Known("type", "instructions", "criteria"), evidence), StringComparer.Ordinal)
            : throw new ApiException(ApiError.Invalid($"questions: expected 1 to {most} questions, but got {questions.Length}.", "questions"));
    }

    private Dictionary<string, object?> Answer(Fields question, string evidence)
    {
        question.Required("type");
        string type = question.Choice("type", "noul", "choice", "score")!;
        string instructions = question.RequiredText("instructions");
        return type switch
        {
            "choice" => Choice(question, evidence),
            "score" => Score(question, evidence, instructions),
            _ => YesOrNo(question, evidence, instructions),
        };
    }

    private Dictionary<string, object?> YesOrNo(Fields question, string evidence, string instructions)
    {
        Fields? meanings = question.Object("criteria") is { } criteria ? new Fields(criteria, question.Name("criteria.")).Known(Yes, No) : null;
        decimal share = Judge.YesOrNo(evidence, $"{instructions} {meanings?.Text(Yes)}", meanings?.Text(No));
        Dictionary<string, object?> answer = Shape.Of(("type", "noul"), ("noul", share));
        return IsSureAsLikely ? answer.With(("confidence", Math.Max(share, 1 - share))) : answer;
    }

    private Dictionary<string, object?> Choice(Fields question, string evidence)
    {
        question.Required("criteria");
        Fields criteria = new(question.Object("criteria")!.Value, question.Name("criteria."));
        string[] names = [.. criteria.Root.EnumerateObject().Select(static option => option.Name)];
        if (names.Length is < 2 or > 255)
        {
            throw new ApiException(ApiError.Invalid($"{question.Name("criteria")}: expected 2 to 255 options, but got {names.Length}.", question.Name("criteria")));
        }

        decimal[] shares = Judge.Choice(evidence, [.. names.Select(name => $"{name} {criteria.Text(name)}")]);
        return Shape.Of(
            ("type", "choice"),
            ("choice", names[Array.IndexOf(shares, shares.Max())]),
            ("probabilities", names.Zip(shares, static (name, share) => (name, share)).ToDictionary(static each => each.name, static each => (object?)each.share, StringComparer.Ordinal)),
            ("confidence", Sure(shares)));
    }

    private Dictionary<string, object?> Score(Fields question, string evidence, string instructions)
    {
        string[] levels = [.. question.List("criteria", 2, MostLevels).EnumerateArray().Select(level => level.ValueKind == JsonValueKind.String ? level.GetString()! : throw new ApiException(ApiError.WrongType(question.Name("criteria[]"), "a string", level)))];
        decimal[] shares = Judge.Score(evidence, instructions, levels);
        return Shape.Of(
            ("type", "score"),
            ("score", shares.Select(static (share, place) => share * place).Sum()),
            ("legend", Numbered(levels)),
            ("probabilities", Numbered(shares)),
            ("confidence", Sure(shares)));
    }

    // TypeSafe counts from chance on.
    private decimal Sure(decimal[] shares)
    {
        decimal chance = 1m / shares.Length;
        return IsSureAsLikely ? shares.Max() : Math.Max(0, Math.Round((shares.Max() - chance) / (1 - chance), 4));
    }

    private static Dictionary<string, object?> Numbered<T>(IReadOnlyList<T> items) => items
        .Select(static (item, place) => (item, place))
        .ToDictionary(static each => each.place.ToString(System.Globalization.CultureInfo.InvariantCulture), static each => (object?)each.item, StringComparer.Ordinal);
}
