using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Decisions;

/// <summary>Decisions in SGLang's form, at the address of OpenAI's.</summary>
internal static class SGLangEndpoint
{
    private const decimal Mass = 0.98m;

    public static Answer Handle(EndpointCall call)
    {
        Fields[] questions = [.. call.Body.List("questions", 1, 1000).EnumerateArray().Select(static (question, place) => question.AsObject($"questions[{place}]"))];
        string[] ids = [.. questions.Select(static question => question.RequiredText("id"))];
        Fields body = call.Body.Known("model", "input", "questions", "images", "temperature", "chat_template_kwargs", "prompt_format_version", "return_prompt_token_ids");
        string evidence = body.RequiredText("input");
        string model = call.Model();
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Length)
        {
            throw new ApiException(ApiError.Invalid("Question ids must be unique.", "questions"));
        }

        Dictionary<string, object?> answers = ids.Zip(questions, (id, question) => (id, Answer: Decide(question, evidence)))
            .ToDictionary(static each => each.id, static each => (object?)each.Answer.With(("label_mass", Mass)), StringComparer.Ordinal);
        int tokens = Tokens.Count(evidence) + Tokens.Count(body.Array("questions")!.Value);
        return Answer.OfJson(Shape.Of(("model", model), ("prompt_format_version", 1), ("answers", answers), ("usage", Shape.Of(("prompt_tokens", tokens), ("total_tokens", tokens)))));
    }

    private static Dictionary<string, object?> Decide(Fields question, string evidence)
    {
        question.Required("type");
        string text = question.RequiredText("question");
        switch (question.Choice("type", "yes_no", "choice", "score"))
        {
            case "choice":
                Fields[] options = [.. question.Known("id", "type", "question", "options").List("options", 2, 26).EnumerateArray().Select((option, place) => option.AsObject(question.Name($"options[{place}]")).Known("name", "description"))];
                string[] names = [.. options.Select(static option => option.RequiredText("name"))];
                decimal[] shares = Judge.Choice(evidence, [.. options.Select((option, place) => $"{names[place]} {option.Text("description")}")]);
                return Shape.Of(("type", "choice"), ("choice", names[Array.IndexOf(shares, shares.Max())]), ("probabilities", Named(names, shares)));
            case "score":
                string[] levels = [.. question.Known("id", "type", "question", "levels").List("levels", 2, 10).EnumerateArray().Select(static level => level.GetString()!)];
                decimal[] places = Judge.Score(evidence, text, levels);
                return Shape.Of(
                    ("type", "score"),
                    ("score", places.Select(static (share, place) => share * place).Sum()),
                    ("probabilities", Named([.. levels.Select(static (_, place) => place.ToString(System.Globalization.CultureInfo.InvariantCulture))], places)));
            default:
                question.Known("id", "type", "question", "yes", "no");
                decimal yes = Judge.YesOrNo(evidence, $"{text} {question.Text("yes")}", question.Text("no"));
                return Shape.Of(("type", "yes_no"), ("probabilities", Shape.Of(("yes", yes), ("no", 1 - yes))));
        }
    }

    private static Dictionary<string, object?> Named(string[] names, decimal[] shares) =>
        names.Zip(shares, static (name, share) => (name, share)).ToDictionary(static each => each.name, static each => (object?)each.share, StringComparer.Ordinal);
}
