using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Decisions;

/// <summary>Decisions in OpenAI's form, checked as strictly as OpenAI does.</summary>
internal static class DecisionEndpoint
{
    private const int MostQuestions = 400;

    public static Answer Handle(EndpointCall call)
    {
        Fields body = call.Body.Known("model", "input", "questions", "prompt_cache_key", "prompt_cache_options", "safety_identifier");
        string model = call.Model();
        string evidence = DecisionInput.Read(body);
        body.Text("prompt_cache_key");
        body.Text("safety_identifier");
        JsonElement questions = body.List("questions", 1, MostQuestions);
        Dictionary<string, object?>[] answers = [.. questions.EnumerateArray().Select((question, place) => Decide(question.AsObject($"questions[{place}]"), evidence))];
        int tokens = Tokens.Count(evidence) + Tokens.Count(questions);
        return Answer.OfJson(Shape.Of(("model", model), ("answers", answers), ("usage", Shape.Of(
            ("input_tokens", tokens),
            ("input_tokens_details", Shape.Of(("cached_tokens", 0), ("cache_write_tokens", 0))),
            ("output_tokens", 0),
            ("output_tokens_details", Shape.Of(("reasoning_tokens", 0))),
            ("total_tokens", tokens)))));
    }

    private static Dictionary<string, object?> Decide(Fields question, string evidence)
    {
        question.Required("type");
        string type = question.Choice("type", "predicate", "choice", "score")!;
        question.Known(type switch { "choice" => ["type", "name", "instructions", "choices"], "score" => ["type", "name", "instructions", "levels"], _ => ["type", "name", "instructions"] });
        string? name = question.Text("name");
        string instructions = DecisionInput.Words(question.Required("instructions"), question.Name("instructions"));
        Dictionary<string, object?> answer = type switch
        {
            "choice" => Choice(question, evidence),
            "score" => Score(question, evidence, instructions),
            _ => Shape.Of(("type", "predicate"), ("name", name), ("probability", Judge.YesOrNo(evidence, instructions, null))),
        };
        return evidence.IndexOf(Judge.Refusal, StringComparison.Ordinal) >= 0 ? Shape.Of(("type", "refusal"), ("name", name)) : answer.With(("name", name));
    }

    private static Dictionary<string, object?> Choice(Fields question, string evidence)
    {
        Fields[] choices = [.. question.List("choices", 2, 255).EnumerateArray().Select((choice, place) => choice.AsObject(question.Name($"choices[{place}]")).Known("value", "description"))];
        JsonElement[] values = [.. choices.Select(static choice => Value(choice))];
        if (values.Select(static value => value.GetRawText()).Distinct(StringComparer.Ordinal).Count() < values.Length)
        {
            throw new ApiException(ApiError.Invalid($"Invalid '{question.Name("choices")}': values must be unique.", question.Name("choices"), "duplicate_value"));
        }

        decimal[] shares = Judge.Choice(evidence, [.. choices.Select((choice, place) => $"{values[place]} {choice.Text("description")}")]);
        return Shape.Of(
            ("type", "choice"),
            ("choice", values[Array.IndexOf(shares, shares.Max())]),
            ("confidence", shares.Max()),
            ("probabilities", values.Select((value, place) => Shape.Of(("value", value), ("probability", shares[place]))).ToArray()));
    }

    private static Dictionary<string, object?> Score(Fields question, string evidence, string instructions)
    {
        Fields[] levels = [.. question.List("levels", 2, 10).EnumerateArray().Select((level, place) => level.AsObject(question.Name($"levels[{place}]")).Known("label", "description"))];
        string[] labels = [.. levels.Select(static level => level.RequiredText("label"))];
        decimal[] shares = Judge.Score(evidence, instructions, [.. levels.Select((level, place) => $"{labels[place]} {level.Text("description")}")]);
        return Shape.Of(
            ("type", "score"),
            ("score", shares.Select(static (share, place) => share * place).Sum()),
            ("confidence", shares.Max()),
            ("probabilities", labels.Select((label, place) => Shape.Of(("value", place), ("label", label), ("probability", shares[place]))).ToArray()));
    }

    private static JsonElement Value(Fields choice)
    {
        JsonElement value = choice.Required("value");
        return value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False ? value : throw new ApiException(ApiError.WrongType(choice.Name("value"), "a string or a boolean", value));
    }
}
