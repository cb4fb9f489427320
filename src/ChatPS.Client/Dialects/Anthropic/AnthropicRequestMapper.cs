using ChatPS.Api.Anthropic;
using ChatPS.Client.Chat;
using ChatPS.Client.Dialects.Responses;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Writes a chat request in Anthropic's form.</summary>
internal static class AnthropicRequestMapper
{
    // The service does not go without a limit; this one is within that of every model.
    private const int DefaultMaxTokens = 4096;

    public static MessagesRequest ToWire(ChatRequest request, string model, bool stream)
    {
        if (request.Temperature > 1)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"-Temperature is {request.Temperature}; services of the dialect {AnthropicDialect.DialectName} take 0 to 1."), "Give -Temperature a value in that range, or leave it out.");
        }

        AnthropicConversation conversation = new(request.Round?.Before?.Message is { } paused ? request.AllMessages.Append(paused) : request.AllMessages);
        return new MessagesRequest
        {
            Model = model,
            MaxTokens = MaxTokens(request),
            System = conversation.System.Count > 0 ? conversation.System : null,
            Messages = conversation.Messages,
            Stream = stream ? true : null,
            Temperature = request.Temperature,
            TopP = request.TopP,
            TopK = request.TopK,
            StopSequences = request.Stop,
            Thinking = AnthropicThinking.Of(request),
            OutputConfig = OutputConfig(request),
            Tools = AnthropicToolMapper.ToWire(request),
            ToolChoice = AnthropicToolMapper.Choice(request),
            ServiceTier = request.ServiceTier,
            Metadata = (request.SafetyIdentifier ?? request.User) is { } user ? new RequestMetadata { UserId = user } : null,
            CacheControl = request.PromptCacheRetention is { } retention ? AnthropicContentMapper.Cached(retention) : null,
            Container = request.Round?.Token is { Length: > 0 } container ? container : null,
        };
    }

    /// <summary>Writes what tokens are counted of: messages, instructions, tools and thinking.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <returns>The body.</returns>
    public static MessagesRequest ToCount(ChatRequest request, string model)
    {
        AnthropicConversation conversation = new(request.AllMessages);
        return new MessagesRequest
        {
            Model = model,
            System = conversation.System.Count > 0 ? conversation.System : null,
            Messages = conversation.Messages,
            Thinking = AnthropicThinking.Of(request),
            OutputConfig = OutputConfig(request),
            Tools = AnthropicToolMapper.ToWire(request),
            ToolChoice = AnthropicToolMapper.Choice(request),
        };
    }

    private static int MaxTokens(ChatRequest request)
    {
        int budget = request.ThinkingBudget ?? 0;
        (string parameter, int? limit) = request.MaxCompletionTokens is null ? ("-MaxTokens", request.MaxTokens) : ("-MaxCompletionTokens", request.MaxCompletionTokens);
        return limit <= budget
            ? throw Failures.Invalid(
                FormattableString.Invariant($"-ThinkingBudget is {budget}, which leaves nothing of {parameter} {limit} for the answer."), $"Give -ThinkingBudget less than {parameter}, or leave out {parameter}.")
            : limit ?? DefaultMaxTokens + budget;
    }

    private static OutputConfig? OutputConfig(ChatRequest request)
    {
        OutputSchema? format = Format(request);
        string? effort = AnthropicThinking.EffortOf(request);
        return format is null && effort is null ? null : new OutputConfig { Effort = effort, Format = format };
    }

    private static OutputSchema? Format(ChatRequest request)
    {
        if (request.ResponseFormat is null)
        {
            return null;
        }

        IReadOnlyDictionary<string, object?>? format = request.ResponseFormat as IReadOnlyDictionary<string, object?>;
        string? type = format?.Get("type") as string;
        switch (type)
        {
            case "text":
                return null;
            case "json_schema" when format is not null:
                return new OutputSchema { Type = "json_schema", Schema = PlainJson.ToElement(Schema(format, request.Output is not null), "-ResponseFormat") };
            case "json_object" when request.Output is not null:
                // There is no such form; the instructions say it in words.
                return null;
            default:
                throw Failures.Invalid(
                    $"-ResponseFormat '{type}': services of the dialect {AnthropicDialect.DialectName} know json_schema only.",
                    "Use -OutputSchema or -OutputType, give -ResponseFormat a json_schema, or ask for JSON in the prompt.");
        }
    }

    // The schema stands in the format itself, or as OpenAI has it one level deeper.
    private static object? Schema(IReadOnlyDictionary<string, object?> format, bool isOurs)
    {
        IReadOnlyDictionary<string, object?> holder = format.TryGetValue("json_schema", out object? inner) && inner is IReadOnlyDictionary<string, object?> members ? members : format;
        object? schema = holder.TryGetValue("schema", out object? value) ? value : new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "object" };
        return isOurs && schema is IReadOnlyDictionary<string, object?> ours ? AnthropicSchemaMapper.Of(ours) : schema;
    }
}
