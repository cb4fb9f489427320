using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families.OpenAI.Decisions;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Decisions in Google's form.</summary>
internal static class GeminiDecisionEndpoint
{
    private const int MostQuestions = 1000;
    private const string Models = "models/";

    private static readonly NamedQuestion Questions = new("true_description", "false_description", MostLevels: 255) { IsSureAsLikely = true };

    public static Answer Handle(EndpointCall call)
    {
        Fields body = GeminiFields.Of(call.Body.Root, "", "model", "input", "questions");
        string model = body.RequiredText("model");
        if (!model.StartsWith(Models, StringComparison.Ordinal) || !call.Exists(model.Substring(Models.Length)))
        {
            throw new ApiException(ApiError.ModelNotFound(model));
        }

        string evidence = Input(body.Required("input"));
        Dictionary<string, object?> answers = Questions.AnswerAll(body, evidence, MostQuestions);
        int tokens = Tokens.Count(evidence) + Tokens.Count(body.Object("questions")!.Value);
        (string, object?) usage = ("usage", Shape.Of(("total_input_tokens", tokens), ("total_output_tokens", 0), ("total_tokens", tokens)));
        return Answer.OfJson(evidence.IndexOf(Judge.Refusal, StringComparison.Ordinal) >= 0
            ? Shape.Of(("prompt_feedback", Shape.Of(("block_reason", "safety"), ("block_reason_message", "The input was blocked."))), usage)
            : Shape.Of(("answers", answers), usage));
    }

    private static string Input(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.String => input.GetString()!,
        JsonValueKind.Object => Part(input),
        JsonValueKind.Array when input.GetArrayLength() > 0 => string.Join("\n", input.EnumerateArray().Select(Part)),
        _ => throw new ApiException(ApiError.WrongType("input", "a string or content", input)),
    };

    private static string Part(JsonElement part)
    {
        Fields content = GeminiFields.Of(part, "input", "type", "text", "data", "uri", "mime_type");
        content.Required("type");
        if (content.Choice("type", "text", "image", "audio", "video", "document") == "text")
        {
            return content.RequiredText("text");
        }

        return content.TryGet("uri", out _) || (content.TryGet("data", out _) && content.TryGet("mime_type", out _)) ? "" : throw new ApiException(ApiError.Missing(content.Name("data")));
    }
}
