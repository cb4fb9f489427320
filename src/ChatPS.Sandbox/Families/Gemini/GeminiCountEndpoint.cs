using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Counts the tokens of a conversation, or of a whole request.</summary>
internal static class GeminiCountEndpoint
{
    public static Answer Handle(EndpointCall call)
    {
        string model = call["model"];
        if (!call.Exists(model))
        {
            throw GeminiModels.NotFound(model);
        }

        Fields body = GeminiFields.Of(call.Body.Root, "", "contents", "generateContentRequest");
        JsonElement? request = body.Object("generateContentRequest");
        if (request is not null && body.Array("contents") is not null)
        {
            throw new ApiException(ApiError.Invalid("Only one of contents and generate_content_request can be set."));
        }

        if (request is { } whole && new Fields(whole).RequiredText("model") != "models/" + model)
        {
            throw new ApiException(ApiError.Invalid("The model of generate_content_request must be that of the address."));
        }

        return Answer.OfJson(Shape.Of(("totalTokens", new GeminiRequest(request ?? call.Body.Root, model).Conversation.PromptTokens)));
    }
}
