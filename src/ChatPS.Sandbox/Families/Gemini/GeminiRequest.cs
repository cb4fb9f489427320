using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>A request for content, checked as Google does.</summary>
internal sealed class GeminiRequest
{
    // Models of this name know no levels, as the older ones.
    private const string OnlyBudget = "budget";

    private static readonly string[] BuiltIns = ["googleSearch", "codeExecution", "urlContext", "googleMaps", "fileSearch", "googleSearchRetrieval", "computerUse"];

    private readonly List<(string Name, JsonElement? Parameters)> _functions = [];

    public GeminiRequest(JsonElement root, string model)
    {
        Fields body = GeminiFields.Of(
            root, "", "contents", "systemInstruction", "tools", "toolConfig", "generationConfig", "safetySettings", "cachedContent", "labels", "model", "serviceTier", "continuationToken");
        body.Choice("serviceTier", "standard", "flex", "priority");
        ContinuationToken = body.Text("continuationToken");
        Conversation = GeminiConversation.Read(body);
        ReadConfig(body);
        if (HasLevel && model.IndexOf(OnlyBudget, StringComparison.OrdinalIgnoreCase) >= 0)
        {
            throw new ApiException(ApiError.Invalid("Thinking level is not supported for this model."));
        }

        ReadTools(body);
        Tools = ReadChoice(body);
        if (Thinks && Conversation.HasUnsignedCall && !HasLevel)
        {
            throw new ApiException(ApiError.Invalid("Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly."));
        }
    }

    public GeminiConversation Conversation { get; }

    public ToolSet Tools { get; }

    /// <summary>The tools of the service itself.</summary>
    public HashSet<string> BuiltInTools { get; } = new(StringComparer.Ordinal);

    public int CandidateCount { get; private set; } = 1;

    public int? MaxTokens { get; private set; }

    public IReadOnlyList<string> Stops { get; private set; } = [];

    /// <summary>How many alternatives to tell for each token; null for no probabilities.</summary>
    public int? TopLogProbs { get; private set; }

    public bool WantsJson { get; private set; }

    /// <summary>Whether the answer may hold a picture.</summary>
    public bool WantsPicture { get; private set; }

    /// <summary>The schema of the answer, where one was sent.</summary>
    public JsonElement? Schema { get; private set; }

    /// <summary>Whether the model thinks, so that its calls are signed.</summary>
    public bool Thinks { get; private set; }

    public bool TellsThoughts { get; private set; }

    /// <summary>Whether thinking is asked for by its level, as of newer models: they sign texts as well, and stop where signatures are missing.</summary>
    public bool HasLevel { get; private set; }

    /// <summary>Whether the answer ends before it has begun, since thoughts did not come back.</summary>
    public bool LacksThoughts => Thinks && HasLevel && Conversation.HasUnsignedCall;

    /// <summary>What asks for the rest of an answer that has paused.</summary>
    public string? ContinuationToken { get; }

    private void ReadConfig(Fields body)
    {
        if (body.Object("generationConfig") is not { } element)
        {
            return;
        }

        Fields config = GeminiFields.Of(
            element, "generation_config", "temperature", "topP", "topK", "candidateCount", "maxOutputTokens", "stopSequences", "presencePenalty", "frequencyPenalty", "seed", "responseLogprobs",
            "logprobs", "responseMimeType", "responseJsonSchema", "responseSchema", "responseModalities", "thinkingConfig", "speechConfig", "mediaResolution", "imageConfig");
        config.CheckNumber("temperature", 0, 2);
        config.CheckNumber("topP", 0, 1);
        config.Integer("topK", 1);
        config.CheckNumber("presencePenalty", -2, 2);
        config.CheckNumber("frequencyPenalty", -2, 2);
        config.CheckNumber("seed", int.MinValue, int.MaxValue);
        CandidateCount = config.Integer("candidateCount", 1, 8) ?? 1;
        MaxTokens = config.Integer("maxOutputTokens", 1);
        Stops = config.Array("stopSequences") is { } stops ? [.. stops.EnumerateArray().Select(static stop => stop.GetString()!)] : [];
        if (Stops.Count > 5)
        {
            throw new ApiException(ApiError.Invalid("Unable to submit request because it has too many stop sequences. The limit is 5."));
        }

        foreach (JsonElement modality in config.Array("responseModalities")?.EnumerateArray() ?? default)
        {
            WantsPicture |= modality.GetString() == "IMAGE";
            if (modality.GetString() is not ("TEXT" or "IMAGE" or "AUDIO"))
            {
                throw new ApiException(ApiError.Invalid($"Invalid value at 'generation_config.response_modalities' (type.googleapis.com/google.ai.generativelanguage.v1beta.GenerationConfig.Modality), {modality.GetRawText()}"));
            }
        }

        ReadLogProbs(config);
        ReadFormat(config);
        ReadThinking(config);
    }

    private void ReadLogProbs(Fields config)
    {
        int? top = config.Integer("logprobs", 0, 20);
        if (config.Flag("responseLogprobs"))
        {
            TopLogProbs = top ?? 0;
        }
        else if (top is not null)
        {
            throw new ApiException(ApiError.Invalid("Logprobs can only be set when response_logprobs is true."));
        }
    }

    private void ReadFormat(Fields config)
    {
        string? type = config.Choice("responseMimeType", "text/plain", "application/json", "text/x.enum");
        WantsJson = type == "application/json";
        if (config.Object("responseJsonSchema") is not null && config.Object("responseSchema") is not null)
        {
            throw new ApiException(ApiError.Invalid("Only one of response_json_schema and response_schema can be set."));
        }

        Schema = config.Object("responseJsonSchema") ?? config.Object("responseSchema");
        if (Schema is not null && type is null or "text/plain")
        {
            throw new ApiException(ApiError.Invalid("* GenerateContentRequest.generation_config.response_schema: response_mime_type must be set to application/json or text/x.enum.\n"));
        }
    }

    private void ReadThinking(Fields config)
    {
        if (config.Object("thinkingConfig") is not { } element)
        {
            return;
        }

        Fields thinking = GeminiFields.Of(element, "generation_config.thinking_config", "thinkingBudget", "thinkingLevel", "includeThoughts");
        int? budget = thinking.Integer("thinkingBudget", -1);
        string? level = thinking.Choice("thinkingLevel", "minimal", "low", "medium", "high", "MINIMAL", "LOW", "MEDIUM", "HIGH", "XHIGH");
        if (budget is not null && level is not null)
        {
            throw new ApiException(ApiError.Invalid("You can only set only one of thinking budget and thinking level."));
        }

        HasLevel = level is not null;
        Thinks = budget != 0;
        TellsThoughts = Thinks && thinking.Flag("includeThoughts");
    }

    private void ReadTools(Fields body)
    {
        foreach (JsonElement element in body.Array("tools")?.EnumerateArray() ?? default)
        {
            Fields tool = GeminiFields.Of(element, "tools", ["functionDeclarations", .. BuiltIns]);
            BuiltInTools.UnionWith(BuiltIns.Where(name => tool.Object(name) is not null));
            foreach (JsonElement function in tool.Array("functionDeclarations")?.EnumerateArray() ?? default)
            {
                Fields declaration = GeminiFields.Of(
                    function, "tools.function_declarations", "name", "description", "parameters", "parametersJsonSchema", "response", "responseJsonSchema", "behavior");
                JsonElement? parameters = declaration.Object("parametersJsonSchema") ?? declaration.Object("parameters");
                _functions.Add((declaration.RequiredText("name"), parameters));
            }
        }
    }

    private ToolSet ReadChoice(Fields body)
    {
        if (body.Object("toolConfig") is not { } element || GeminiFields.Of(element, "tool_config", "functionCallingConfig", "retrievalConfig").Object("functionCallingConfig") is not { } calling)
        {
            return ToolSet.Of(_functions);
        }

        Fields config = GeminiFields.Of(calling, "tool_config.function_calling_config", "mode", "allowedFunctionNames");
        string mode = config.Choice("mode", "AUTO", "ANY", "NONE", "VALIDATED") ?? "AUTO";
        string[]? allowed = config.Array("allowedFunctionNames") is { } names ? [.. names.EnumerateArray().Select(static name => name.GetString()!)] : null;
        if (allowed is not null && mode is "AUTO" or "NONE")
        {
            throw new ApiException(ApiError.Invalid("Allowed function names should only be set when function calling mode is ANY or VALIDATED."));
        }

        if (allowed?.FirstOrDefault(name => !_functions.Exists(function => function.Name == name)) is { } missing)
        {
            throw new ApiException(ApiError.Invalid($"Allowed function name '{missing}' is not declared."));
        }

        IEnumerable<(string, JsonElement?)> usable = _functions.Where(function => allowed?.Contains(function.Name, StringComparer.Ordinal) != false);
        return ToolSet.Of(usable, mode switch
        {
            "NONE" => "none",
            "ANY" => allowed is [{ } only] ? only : "required",
            _ => "auto",
        });
    }
}
