using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>What an event of a stream adds.</summary>
public sealed class MessageDelta : WireObject
{
    /// <summary>For a block: <c>text_delta</c>, <c>input_json_delta</c>, <c>thinking_delta</c>, <c>signature_delta</c>, <c>citations_delta</c>.</summary>
    public string? Type { get; set; }

    /// <summary>A piece of text.</summary>
    public string? Text { get; set; }

    /// <summary>A piece of the JSON of a call's arguments.</summary>
    public string? PartialJson { get; set; }

    /// <summary>A piece of the thoughts.</summary>
    public string? Thinking { get; set; }

    /// <summary>What proves that the thoughts are the model's own.</summary>
    public string? Signature { get; set; }

    /// <summary>One more thing that the text rests on.</summary>
    public JsonElement? Citation { get; set; }

    /// <summary>Why the answer ends.</summary>
    public string? StopReason { get; set; }

    /// <summary>What there is to say about a refusal.</summary>
    public StopDetails? StopDetails { get; set; }

    /// <summary>The container that code of the answer ran in: an object with its <c>id</c>.</summary>
    public JsonElement? Container { get; set; }
}
