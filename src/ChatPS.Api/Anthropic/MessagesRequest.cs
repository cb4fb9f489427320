using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>The body of <c>POST /messages</c>, and a part of it that of <c>POST /messages/count_tokens</c>. What is null is not sent, and the service takes its default.</summary>
public sealed class MessagesRequest : ApiRequest
{
    /// <summary>The id of the model.</summary>
    public string? Model { get; set; }

    /// <summary>The most tokens to generate, thinking included. The service does not go without, but for counting tokens.</summary>
    public int? MaxTokens { get; set; }

    /// <summary>The instructions.</summary>
    public IReadOnlyList<ContentBlock>? System { get; set; }

    /// <summary>The conversation so far, oldest first; user and assistant take turns.</summary>
    public IReadOnlyList<MessageParam>? Messages { get; set; }

    /// <summary>Whether to answer with server-sent events.</summary>
    public bool? Stream { get; set; }

    /// <summary>0 to 1.</summary>
    public double? Temperature { get; set; }

    /// <summary>The share of likeliest tokens to choose from, 0 to 1.</summary>
    public double? TopP { get; set; }

    /// <summary>How many of the likeliest tokens to choose from.</summary>
    public int? TopK { get; set; }

    /// <summary>Texts that end the answer.</summary>
    public IReadOnlyList<string>? StopSequences { get; set; }

    /// <summary>How long the model thinks.</summary>
    public ThinkingConfig? Thinking { get; set; }

    /// <summary>How hard the model tries, and the form of the answer.</summary>
    public OutputConfig? OutputConfig { get; set; }

    /// <summary>The tools that the model may call, and those that the service runs itself.</summary>
    public IReadOnlyList<JsonElement>? Tools { get; set; }

    /// <summary>Which tool to call: an object whose <c>type</c> is <c>auto</c>, <c>any</c>, <c>tool</c> or <c>none</c>.</summary>
    public JsonElement? ToolChoice { get; set; }

    /// <summary><c>auto</c> or <c>standard_only</c>.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>Who asks.</summary>
    public RequestMetadata? Metadata { get; set; }

    /// <summary>Lets the service cache as much of the prompt as it can.</summary>
    public CacheControl? CacheControl { get; set; }

    /// <summary>The id of the container that code goes on in.</summary>
    public string? Container { get; set; }
}
