using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Decisions;

/// <summary>Decisions in the form of System One.</summary>
internal static class SystemOneEndpoint
{
    private const int MostQuestions = 400;

    private static readonly NamedQuestion Questions = new("true", "false", MostLevels: 26);

    public static Answer Handle(EndpointCall call)
    {
        string evidence = State(call.Body.Required("state"));
        Fields body = call.Body.Known("model", "state", "questions", "images");
        foreach (JsonElement image in body.Array("images")?.EnumerateArray() ?? default)
        {
            if (image.ValueKind != JsonValueKind.String || !image.GetString()!.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            {
                throw new ApiException(ApiError.Invalid("images: expected data URLs.", "images"));
            }
        }

        string model = call.Model();
        Dictionary<string, object?> answers = Questions.AnswerAll(body, evidence, MostQuestions);
        if (evidence.IndexOf(Judge.Refusal, StringComparison.Ordinal) >= 0)
        {
            answers.Clear();
        }

        return Answer.OfJson(Shape.Of(("model", model), ("answers", answers), ("usage", Shape.Of(
            ("input_tokens", Tokens.Count(evidence) + Tokens.Count(body.Object("questions")!.Value)), ("output_tokens", answers.Count)))));
    }

    private static string State(JsonElement state) => state.ValueKind switch
    {
        JsonValueKind.String when state.GetString()!.Length > 0 => state.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => PlainJson.ToText(state),
        _ => throw new ApiException(ApiError.WrongType("state", "a text, an object or a list", state)),
    };
}
