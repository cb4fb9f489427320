using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>
/// A piece of a message, of whatever type. Members that differ from type to type are JSON, so that a type nobody has heard of
/// is read and written back like any other.
/// </summary>
public sealed class ContentBlock : WireObject
{
    /// <summary><c>text</c>, <c>image</c>, <c>document</c>, <c>tool_use</c>, <c>tool_result</c>, <c>thinking</c>, <c>server_tool_use</c> and more.</summary>
    public string? Type { get; set; }

    /// <summary>The text of a <c>text</c>.</summary>
    public string? Text { get; set; }

    /// <summary>What a <c>text</c> rests on, as a list; of a <c>document</c>, whether it may be cited.</summary>
    public JsonElement? Citations { get; set; }

    /// <summary>Where an <c>image</c> or a <c>document</c> comes from.</summary>
    public JsonElement? Source { get; set; }

    /// <summary>The title of a <c>document</c>.</summary>
    public string? Title { get; set; }

    /// <summary>The thoughts of a <c>thinking</c>.</summary>
    public string? Thinking { get; set; }

    /// <summary>What proves that the thoughts are the model's own.</summary>
    public string? Signature { get; set; }

    /// <summary>The id of a call.</summary>
    public string? Id { get; set; }

    /// <summary>The tool that is called.</summary>
    public string? Name { get; set; }

    /// <summary>The arguments of a call: an object.</summary>
    public JsonElement? Input { get; set; }

    /// <summary>The call that a result is of.</summary>
    public string? ToolUseId { get; set; }

    /// <summary>What a tool said: text, blocks, or an object of the tool's own.</summary>
    public JsonElement? Content { get; set; }

    /// <summary>Whether a tool failed.</summary>
    public bool? IsError { get; set; }

    /// <summary>Marks the end of what is cached of the prompt.</summary>
    public CacheControl? CacheControl { get; set; }
}
