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
            GenerationConfig = ToConfig(request, model),
        };
    }

    private static GeminiGenerationConfig? ToConfig(ChatRequest request, string model)
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
            ThinkingConfig = ToThinking(request, model),
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

    private static GeminiThinkingConfig? ToThinking(ChatRequest request, string model)
    {
        if (request.ThinkingBudget is not null && request.ReasoningEffort is not null)
        {
            throw Failures.Invalid("-ThinkingBudget and -ReasoningEffort say the same in two ways, and Gemini takes one of them.", "Leave out one of the two.");
        }

        if (request.ReasoningSummary is { } summary && summary is not ("auto" or "none"))
        {
            throw Failures.Invalid($"-ReasoningSummary: Gemini tells its thoughts in one way only, not '{summary}'.", "Use -ReasoningSummary auto.");
        }

        bool isOld = GeminiModelName.ToId(model).StartsWith("gemini-2", StringComparison.OrdinalIgnoreCase);
        int? budget = request.ThinkingBudget ?? (request.ReasoningEffort == "none" ? 0 : isOld ? BudgetFor(request.ReasoningEffort) : null);
        string? level = budget is null ? request.ReasoningEffort : null;
        bool? tells = request.ReasoningSummary switch
        {
            "none" => false,
            null => budget > 0 || level is not null ? true : null,
            _ => true,
        };
        return budget is null && level is null && tells is null ? null : new GeminiThinkingConfig { ThinkingBudget = budget, ThinkingLevel = level, IncludeThoughts = tells };
    }

    // Gemini 2.5 knows no levels; these are what Google's own translation gives it for them.
    private static int? BudgetFor(string? effort) => effort switch
    {
        "minimal" or "low" => 1024,
        "medium" => 8192,
        "high" => 24576,
        _ => null,
    };
}
