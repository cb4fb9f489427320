using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>A chat request, checked against the official description.</summary>
internal sealed class ChatRequest
{
    private ChatRequest(EndpointCall call)
    {
        Fields body = call.Body;
        Conversation = Conversation.Read(body);
        call.CheckSampling();
        Model = call.Model();
        ChoiceCount = body.Integer("n", 1, 128) ?? 1;
        MaxTokens = ReadMaxTokens(body);
        Stops = call.Stops();
        Stream = body.Flag("stream");
        IncludesUsage = call.IncludesUsage(Stream);
        LogProbs = body.Flag("logprobs");
        TopLogProbs = body.Integer("top_logprobs", 0, 20);
        if (TopLogProbs is not null && !LogProbs)
        {
            throw new ApiException(ApiError.Invalid("The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", "top_logprobs"));
        }

        body.Choice("reasoning_effort", "none", "minimal", "low", "medium", "high", "xhigh", "max");
        body.Choice("verbosity", "low", "medium", "high");
        body.Choice("service_tier", "auto", "default", "flex", "scale", "priority", "fast");
        CheckCaching(body);
        IsStored = body.Flag("store");
        CheckMetadata(body);
        Metadata = body.Object("metadata");
        Messages = body.Array("messages")!.Value;
        Reasoning = ReasoningModel.Of(Model);
        Reasoning?.Require(Messages);
        AudioFormat = ReadAudioFormat(body);
        SearchesWeb = body.Object("web_search_options") is not null;
        ReadFormat(body);
        Tools = ToolSet.Read(body);
    }

    public string Model { get; }

    public Conversation Conversation { get; }

    /// <summary>How the model tells its reasoning; null for one that tells none.</summary>
    public ReasoningModel? Reasoning { get; }

    public int ChoiceCount { get; }

    public int? MaxTokens { get; }

    public IReadOnlyList<string> Stops { get; }

    public bool Stream { get; }

    public bool IncludesUsage { get; }

    public bool LogProbs { get; }

    public int? TopLogProbs { get; }

    public ToolSet Tools { get; }

    /// <summary>The format to speak in; null for an answer in writing.</summary>
    public string? AudioFormat { get; }

    public bool SearchesWeb { get; }

    public bool IsStored { get; }

    public JsonElement Messages { get; }

    public JsonElement? Metadata { get; }

    public bool WantsJson { get; private set; }

    /// <summary>The schema of the answer, where one was sent.</summary>
    public JsonElement? Schema { get; private set; }

    public static ChatRequest Read(EndpointCall call) => new(call);

    private static int? ReadMaxTokens(Fields body)
    {
        int? older = body.Integer("max_tokens", 1);
        int? newer = body.Integer("max_completion_tokens", 1);
        return older is not null && newer is not null
            ? throw new ApiException(ApiError.Invalid("Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.", "max_tokens", "invalid_parameter_combination"))
            : newer ?? older;
    }

    /// <summary>Checks how the prompt is cached.</summary>
    public static void CheckCaching(Fields body)
    {
        body.Choice("prompt_cache_retention", "in_memory", "24h");
        if (body.Object("prompt_cache_options") is { } options)
        {
            Fields caching = new(options, "prompt_cache_options.");
            caching.Choice("mode", "implicit", "explicit");
            caching.Choice("ttl", "30m", "12h");
            caching.Flag("prewarm");
        }
    }

    /// <summary>Checks the notes to keep with an answer.</summary>
    public static void CheckMetadata(Fields body)
    {
        if (body.Object("metadata") is not { } metadata)
        {
            return;
        }

        Fields members = new(metadata, "metadata.");
        if (metadata.EnumerateObject().Count() > 16)
        {
            throw new ApiException(ApiError.Invalid("Invalid 'metadata': too many properties. Expected at most 16.", "metadata", "object_above_max_properties"));
        }

        foreach (JsonProperty member in metadata.EnumerateObject())
        {
            members.Text(member.Name);
        }
    }

    private static string? ReadAudioFormat(Fields body)
    {
        if (body.Array("modalities") is not { } modalities || !modalities.EnumerateArray().Any(static item => item.ValueKind == JsonValueKind.String && item.GetString() == "audio"))
        {
            return null;
        }

        body.Required("audio");
        Fields audio = new(body.Object("audio")!.Value, "audio.");
        audio.Required("voice");
        audio.Required("format");
        return audio.Choice("format", "wav", "aac", "mp3", "flac", "opus", "pcm16");
    }

    private void ReadFormat(Fields body)
    {
        if (body.Object("response_format") is not { } element)
        {
            return;
        }

        Fields format = new(element, "response_format.");
        format.Required("type");
        string? type = format.Choice("type", "text", "json_object", "json_schema");
        WantsJson = type is not "text";
        if (type is "json_schema")
        {
            format.Required("json_schema");
            Fields schema = new(format.Object("json_schema")!.Value, "response_format.json_schema.");
            schema.RequiredText("name");
            Schema = schema.Object("schema") ?? default(JsonElement);
        }
    }
}
