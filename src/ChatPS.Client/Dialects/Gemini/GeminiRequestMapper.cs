using ChatPS.Api.Gemini;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>Writes a chat request as Gemini takes it.</summary>
internal static class GeminiRequestMapper
{
    private const string JsonType = "application/json";

    public static GeminiRequest ToWire(ChatRequest request, string model)
    {
        // The address is made later; what is wrong with it is said now.
        _ = GeminiModelName.ToPath(model);
        ChatMessage[] messages = [.. request.AllMessages];
        return new GeminiRequest
        {
            SystemInstruction = GeminiMessageMapper.ToInstruction(messages),
            Contents = GeminiMessageMapper.ToContents(messages),
            Tools = GeminiToolMapper.ToTools(request),
            ToolConfig = GeminiToolMapper.ToConfig(request),
            GenerationConfig = ToConfig(request),
            ServiceTier = request.ServiceTier,
            ContinuationToken = request.Round?.Token,
        };
    }

    private static GeminiGenerationConfig? ToConfig(ChatRequest request)
    {
        GeminiGenerationConfig config = new()
        {
            Temperature = request.Temperature,
            TopP = request.TopP,
            TopK = request.TopK,
            CandidateCount = request.N,
            MaxOutputTokens = request.MaxCompletionTokens ?? request.MaxTokens,
            StopSequences = request.Stop,
            PresencePenalty = request.PresencePenalty,
            FrequencyPenalty = request.FrequencyPenalty,
            Seed = request.Seed,
            ResponseLogprobs = request.LogProbs,
            Logprobs = request.TopLogProbs,
            ResponseModalities = request.Modalities is { } modalities ? [.. modalities.Select(modality => modality.ToUpperInvariant())] : null,
            ThinkingConfig = GeminiThinking.Of(request),
        };
        return SetFormat(config, request) | IsAnySet(config) ? config : null;
    }

    private static bool IsAnySet(GeminiGenerationConfig config) => config is not
    {
        Temperature: null, TopP: null, TopK: null, CandidateCount: null, MaxOutputTokens: null, StopSequences: null, PresencePenalty: null, FrequencyPenalty: null, Seed: null,
        ResponseLogprobs: null, Logprobs: null, ResponseModalities: null, ThinkingConfig: null,
    };

    private static bool SetFormat(GeminiGenerationConfig config, ChatRequest request)
    {
        if (PlainJson.ToElement(request.ResponseFormat, "-ResponseFormat") is not { } format)
        {
            return false;
        }

        string? type = format.TextOf("type");
        switch (type)
        {
            case "text":
                return false;
            case "json_object":
                config.ResponseMimeType = JsonType;
                return true;
            case "json_schema" when format.ObjectOf("json_schema")?.ObjectOf("schema") is { } schema:
                config.ResponseMimeType = JsonType;
                config.ResponseJsonSchema = schema;
                return true;
            default:
                throw Failures.Invalid($"-ResponseFormat: Gemini knows no format '{type}' of this form.", "Use text, json_object, or json_schema with its schema; -OutputSchema is simpler.");
        }
    }
}
