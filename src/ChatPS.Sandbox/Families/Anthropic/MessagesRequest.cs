using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>A request for a message, checked as Anthropic checks it.</summary>
internal sealed class MessagesRequest
{
    // Older models know no schemas.
    private const string OldModels = "claude-3";

    // The version from which on nothing can be said about how tokens are chosen.
    private const string NewVersion = "2026-10-21";

    private static readonly string[] Counted = ["model", "messages", "system", "thinking", "output_config", "tools", "tool_choice", "cache_control", "speed"];

    private static readonly string[] Answered =
    [
        .. Counted, "max_tokens", "stream", "stop_sequences", "service_tier", "metadata", "container", "inference_geo", "diagnostics", "user_profile_id", "workspace_id",
    ];

    private static readonly string[] Sampling = ["temperature", "top_p", "top_k"];

    private MessagesRequest(EndpointCall call, bool counts)
    {
        bool isNew = call.Exchange.Http.Header(AnthropicDialect.VersionHeader) == NewVersion;
        Input body = new Input(call.Body.Root).Only(counts ? Counted : isNew ? Answered : [.. Answered, .. Sampling]);
        Model = body.RequiredText("model");
        MaxTokens = int.MaxValue;
        if (!counts)
        {
            body.Required("max_tokens");
            MaxTokens = body.Integer("max_tokens", 1)!.Value;
        }

        Container = body.Text("container");
        Stream = body.Flag("stream");
        double? temperature = body.Share("temperature");
        body.Share("top_p");
        int? topK = body.Integer("top_k", 0);
        Stops = body.Texts("stop_sequences");
        if (Stops.Any(string.IsNullOrWhiteSpace))
        {
            throw body.Refuse("stop_sequences", "each stop sequence must contain non-whitespace");
        }

        body.Choice("service_tier", "auto", "standard_only");
        body.Object("metadata")?.Only("user_id").Text("user_id");
        ReadThinking(body, temperature, topK);
        ReadOutput(body);
        Tools = ClientTools.Read(body, Thinks);
        Conversation = MessagesConversation.Read(body, Thinks, isNew);
        if (!call.Exists(Model))
        {
            throw new ApiException(new ApiError(404, "model: " + Model, "not_found_error", null, null));
        }
    }

    public string Model { get; }

    public int MaxTokens { get; }

    public bool Stream { get; }

    public IReadOnlyList<string> Stops { get; }

    public bool Thinks { get; private set; }

    /// <summary>Whether thoughts are told by nothing but their signature.</summary>
    public bool HidesThoughts { get; private set; }

    /// <summary>The container to go on in; null for none.</summary>
    public string? Container { get; }

    /// <summary>The schema of the answer, where one was sent.</summary>
    public JsonElement? Schema { get; private set; }

    public ClientTools Tools { get; }

    public MessagesConversation Conversation { get; }

    public static MessagesRequest Read(EndpointCall call) => new(call, counts: false);

    /// <summary>Counts the tokens of a request that is not answered.</summary>
    public static Answer Count(EndpointCall call) => Answer.OfJson(Shape.Of(("input_tokens", new MessagesRequest(call, counts: true).Conversation.Tokens)));

    private void ReadThinking(Input body, double? temperature, int? topK)
    {
        if (body.Object("thinking") is not { } thinking)
        {
            return;
        }

        thinking.Only("type", "budget_tokens", "display").Required("type");
        string type = thinking.Choice("type", "enabled", "adaptive", "disabled")!;
        HidesThoughts = thinking.Choice("display", "summarized", "omitted") == "omitted";
        ThinkingModel.Require(Model, type);
        Thinks = type != "disabled";
        if (type == "enabled")
        {
            thinking.Required("budget_tokens");
            if (thinking.Integer("budget_tokens", 1024) >= MaxTokens)
            {
                throw new ApiException(Input.Refused("`max_tokens` must be greater than `thinking.budget_tokens`."));
            }
        }

        if (Thinks && temperature is not (null or 1))
        {
            throw new ApiException(Input.Refused("`temperature` may only be set to 1 when thinking is enabled."));
        }

        if (Thinks && topK is not null)
        {
            throw new ApiException(Input.Refused("`top_k` must be unset when thinking is enabled."));
        }
    }

    private void ReadOutput(Input body)
    {
        if (body.Object("output_config") is not { } output)
        {
            return;
        }

        if (Model.StartsWith(OldModels, StringComparison.Ordinal))
        {
            throw body.Refuse("output_config", "Extra inputs are not permitted");
        }

        output.Only("effort", "format");
        if (output.Choice("effort", "low", "medium", "high", "xhigh", "max") is not null && !ThinkingModel.IsAdaptive(Model))
        {
            throw output.Refuse("effort", "This model does not support the effort parameter.");
        }

        if (output.Object("format") is not { } format)
        {
            return;
        }

        format.Only("type", "schema").Required("type");
        format.Choice("type", "json_schema");
        Input schema = format.RequiredObject("schema");
        SchemaRules.Check(schema.Root, schema.Path);
        Schema = schema.Root;
    }
}
