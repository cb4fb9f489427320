using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>
/// An item of a response's input or output: a message, reasoning, a call of a tool or its output. Which members it has depends on
/// its <see cref="Type"/>.
/// </summary>
public sealed class OutputItem : ApiResponseBody
{
    /// <summary><c>message</c>, <c>reasoning</c>, <c>function_call</c>, <c>web_search_call</c> …</summary>
    public string? Type { get; set; }

    /// <summary>The id of the item.</summary>
    public string? Id { get; set; }

    /// <summary><c>completed</c>, <c>failed</c>, <c>in_progress</c>, <c>incomplete</c> …</summary>
    public string? Status { get; set; }

    /// <summary>Who speaks, for a message.</summary>
    public string? Role { get; set; }

    /// <summary><c>commentary</c> for what a model says on its way, <c>final_answer</c> for the answer; null where the model does not tell.</summary>
    public string? Phase { get; set; }

    /// <summary>The parts of a message or of reasoning, or a text.</summary>
    public JsonElement? Content { get; set; }

    /// <summary>The parts of a summary of reasoning.</summary>
    public IReadOnlyList<OutputPart>? Summary { get; set; }

    /// <summary>The id that the output of a tool must name.</summary>
    public string? CallId { get; set; }

    /// <summary>The name of the tool.</summary>
    public string? Name { get; set; }

    /// <summary>The name of the MCP server.</summary>
    public string? ServerLabel { get; set; }

    /// <summary>The arguments of a function, as JSON.</summary>
    public string? Arguments { get; set; }

    /// <summary>The input of a custom tool.</summary>
    public string? Input { get; set; }

    /// <summary>What a tool said: a text or parts.</summary>
    public JsonElement? Output { get; set; }

    /// <summary>Why a call failed: a text or an object.</summary>
    public JsonElement? Error { get; set; }

    /// <summary>What a web search did.</summary>
    public WebSearchAction? Action { get; set; }

    /// <summary>What a search in files looked for.</summary>
    public IReadOnlyList<string>? Queries { get; set; }

    /// <summary>What a search found.</summary>
    public IReadOnlyList<SearchResult>? Results { get; set; }

    /// <summary>The code that ran.</summary>
    public string? Code { get; set; }

    /// <summary>What the code wrote.</summary>
    public IReadOnlyList<CodeOutput>? Outputs { get; set; }

    /// <summary>The image that was made, in base64.</summary>
    public string? Result { get; set; }

    /// <summary>The prompt that the image was made from.</summary>
    public string? RevisedPrompt { get; set; }

    /// <summary>The tools of an MCP server.</summary>
    public IReadOnlyList<ToolName>? Tools { get; set; }

    /// <summary>Reads an item.</summary>
    /// <param name="json">The item.</param>
    /// <returns>The item with its JSON.</returns>
    /// <exception cref="WireFormatException">It is no item.</exception>
    public static OutputItem Read(JsonElement json)
    {
        OutputItem item = json.ValueKind == JsonValueKind.Object
            ? json.As(OpenAIResponsesJsonContext.Default.OutputItem)
            : throw new WireFormatException("An item of the output is no object.", json.GetRawText());
        item.Raw = json.GetRawText();
        return item;
    }
}
