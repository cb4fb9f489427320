using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Responses;

/// <summary>A request for a response, checked against the official description.</summary>
internal sealed class ResponseRequest
{
    private static readonly string[] Members =
    [
        "access_programs", "background", "context_management", "conversation", "image", "include", "input", "instructions", "max_output_tokens", "max_tool_calls", "metadata", "model", "moderation",
        "parallel_tool_calls", "previous_response_id", "prompt", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "reasoning", "safety_identifier",
        "service_tier", "store", "stream", "stream_options", "temperature", "text", "tool_choice", "tools", "top_logprobs", "top_p", "truncation", "user",
    ];

    private ResponseRequest(EndpointCall call, StoredResponses stored)
    {
        Fields body = call.Body;
        CheckMembers(body);
        Model = call.Model();
        body.CheckNumber("temperature", 0, 2);
        body.CheckNumber("top_p", 0, 1);
        TopLogProbs = body.Integer("top_logprobs", 0, 20);

        // The service itself wants 16 at least; a test of a cut answer would have to be long.
        MaxTokens = body.Integer("max_output_tokens", 1);
        Instructions = body.Text("instructions");
        PreviousId = body.Text("previous_response_id");
        ConversationId = body.TryGet("conversation", out JsonElement conversation) ? ReadConversation(conversation) : null;
        if (PreviousId is not null && ConversationId is not null)
        {
            throw new ApiException(ApiError.Invalid("'previous_response_id' and 'conversation' cannot be used together.", "previous_response_id", "mutually_exclusive_parameters"));
        }

        Input = ResponseInput.Read(body, stored.Before(PreviousId, ConversationId), call.Number);
        Stream = body.Flag("stream");
        IsBackground = body.Flag("background");
        IsStored = body.Flag("store", whenAbsent: true);
        if (IsBackground && !IsStored)
        {
            throw new ApiException(ApiError.Invalid("Background mode requires 'store' to be true.", "background"));
        }

        Includes = body.Array("include") is { } include ? [.. include.EnumerateArray().Select(static item => item.GetString()!)] : [];
        body.Choice("service_tier", "auto", "default", "flex", "scale", "priority", "fast", "ultrafast");
        ChatRequest.CheckCaching(body);
        body.Choice("truncation", "auto", "disabled");
        ChatRequest.CheckMetadata(body);
        Metadata = body.Object("metadata");
        ReadText(body);
        ReadReasoning(body);
        Tools = ResponseTools.Read(body);
        Body = body;
        if (HasPhases)
        {
            PhaseModel.Require(Input.Items, IsStored);
        }
    }

    public Fields Body { get; }

    public string Model { get; }

    public string? Instructions { get; }

    public string? PreviousId { get; }

    public string? ConversationId { get; }

    public ResponseInput Input { get; }

    public bool Stream { get; }

    public bool IsBackground { get; }

    public bool IsStored { get; }

    public int? MaxTokens { get; }

    public int? TopLogProbs { get; }

    public IReadOnlyCollection<string> Includes { get; }

    public JsonElement? Metadata { get; }

    public ResponseTools Tools { get; }

    /// <summary>What is told of the reasoning; null for nothing.</summary>
    public string? Summary { get; private set; }

    public bool Thinks { get; private set; }

    /// <summary>Whether the model says on its way what it does.</summary>
    public bool HasPhases => Model == PhaseModel.Name;

    public bool WantsJson { get; private set; }

    public JsonElement? Schema { get; private set; }

    public int InputTokens => Input.Tokens + Tokens.Count(Instructions ?? "");

    public static ResponseRequest Read(EndpointCall call, StoredResponses stored) => new(call, stored);

    private static void CheckMembers(Fields body)
    {
        foreach (string name in body.Root.EnumerateObject().Select(static member => member.Name).Where(static name => !Members.Contains(name, StringComparer.Ordinal)))
        {
            string? moved = name switch
            {
                "messages" => "input",
                "max_tokens" or "max_completion_tokens" => "max_output_tokens",
                "response_format" => "text.format",
                "reasoning_effort" => "reasoning.effort",
                "verbosity" => "text.verbosity",
                _ => null,
            };
            throw new ApiException(moved is null
                ? ApiError.Invalid($"Unknown parameter: '{name}'.", name, "unknown_parameter")
                : ApiError.Invalid($"Unsupported parameter: '{name}'. In the Responses API, this parameter has moved to '{moved}'.", name, "unsupported_parameter"));
        }
    }

    private static string ReadConversation(JsonElement conversation)
    {
        string id = conversation.ValueKind == JsonValueKind.String ? conversation.GetString()! : new Fields(conversation, "conversation.").RequiredText("id");
        return id.StartsWith("conv_", StringComparison.Ordinal)
            ? id
            : throw new ApiException(ApiError.Invalid($"Invalid 'conversation': '{id}'. Expected an ID that begins with 'conv'.", "conversation", "invalid_value"));
    }

    private void ReadText(Fields body)
    {
        if (body.Object("text") is not { } element)
        {
            return;
        }

        Fields text = new(element, "text.");
        text.Choice("verbosity", "low", "medium", "high");
        if (text.Object("format") is not { } form)
        {
            return;
        }

        Fields format = new(form, "text.format.");
        format.Required("type");
        string? type = format.Choice("type", "text", "json_object", "json_schema");
        WantsJson = type is not "text";
        if (type == "json_schema")
        {
            format.RequiredText("name");
            format.Required("schema");
            Schema = format.Object("schema")!.Value.Clone();
        }
        else if (type == "json_object" && !Input.Items.Any(static item => item.GetRawText().IndexOf("json", StringComparison.OrdinalIgnoreCase) >= 0))
        {
            throw new ApiException(ApiError.Invalid("Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.", "input"));
        }
    }

    private void ReadReasoning(Fields body)
    {
        Thinks = HasPhases;
        if (body.Object("reasoning") is not { } element)
        {
            return;
        }

        Fields reasoning = new(element, "reasoning.");
        Summary = reasoning.Choice("summary", "auto", "concise", "detailed");
        reasoning.Choice("context", "auto", "current_turn", "all_turns");
        reasoning.Choice("mode", "standard", "pro");
        Thinks = reasoning.Choice("effort", "none", "minimal", "low", "medium", "high", "xhigh", "max") != "none";
    }
}
