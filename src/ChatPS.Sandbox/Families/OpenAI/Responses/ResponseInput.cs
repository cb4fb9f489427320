using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Responses;

/// <summary>What a response is made from: what went before, and the items of the request.</summary>
internal sealed class ResponseInput
{
    private static readonly string[] Roles = ["user", "assistant", "system", "developer"];

    private static readonly string[] Types =
    [
        "message", "function_call", "function_call_output", "custom_tool_call", "custom_tool_call_output", "reasoning", "item_reference", "compaction",
        "web_search_call", "file_search_call", "code_interpreter_call", "image_generation_call", "computer_call", "computer_call_output",
        "mcp_call", "mcp_list_tools", "mcp_approval_request", "mcp_approval_response", "shell_call", "shell_call_output", "local_shell_call", "local_shell_call_output",
        "apply_patch_call", "apply_patch_call_output", "tool_search_call", "tool_search_output", "additional_tools", "program", "program_output", "configuration_update",
    ];

    private readonly List<JsonElement> _items;
    private readonly HashSet<string> _ids;
    private readonly HashSet<string> _calls;
    private readonly long _number;

    private ResponseInput(IReadOnlyList<JsonElement> before, long number)
    {
        _items = [.. before];
        _ids = [.. before.Select(static item => item.TextOf("id")).OfType<string>()];
        _calls = [.. before.Where(static item => item.TextOf("type") is "function_call" or "custom_tool_call").Select(static item => item.TextOf("call_id")).OfType<string>()];
        _number = number;
        Tokens = before.Sum(static item => Play.Tokens.Count(TextWithin(item)));
    }

    /// <summary>Everything that the model takes in, oldest first, each with an id.</summary>
    public IReadOnlyList<JsonElement> Items => _items;

    /// <summary>The text of the last user message, its images and files counted in brackets.</summary>
    public string UserText { get; private set; } = "";

    /// <summary>The text of the last item where it is the output of a tool.</summary>
    public string? ToolResult { get; private set; }

    public int Tokens { get; private set; }

    public static ResponseInput Read(Fields body, IReadOnlyList<JsonElement> before, long number)
    {
        ResponseInput input = new(before, number);
        JsonElement value = body.Required("input");
        if (value.ValueKind == JsonValueKind.String)
        {
            input.AddMessage(new Fields(Shape.ToElement(Shape.Of(("role", "user"), ("content", value))), "input."));
            return input;
        }

        int index = 0;
        foreach (JsonElement item in body.Array("input")!.Value.EnumerateArray())
        {
            string name = string.Format(CultureInfo.InvariantCulture, "input[{0}]", index++);
            input.Add(item.ValueKind == JsonValueKind.Object ? new Fields(item, name + ".") : throw new ApiException(ApiError.WrongType(name, "an object", item)));
        }

        return input;
    }

    private void Add(Fields item)
    {
        if (item.Text("id") is { } id && !_ids.Add(id))
        {
            throw new ApiException(ApiError.Invalid($"Duplicate item found with id {id}. Remove duplicate items from your input and try again.", "input"));
        }

        ToolResult = null;
        string type = item.Choice("type", Types) ?? "message";
        switch (type)
        {
            case "message":
                AddMessage(item);
                return;
            case "function_call" or "custom_tool_call":
                item.RequiredText("name");
                item.RequiredText(type == "function_call" ? "arguments" : "input");
                _calls.Add(item.RequiredText("call_id"));
                break;
            case "function_call_output" or "custom_tool_call_output":
                AddOutput(item);
                break;
            case "reasoning":
                item.RequiredText("id");
                item.Required("summary");
                break;
        }

        Keep(item.Root);
    }

    private void AddOutput(Fields item)
    {
        string call = item.RequiredText("call_id");
        if (!_calls.Contains(call))
        {
            throw new ApiException(ApiError.Invalid($"No tool call found for function call output with call_id {call}.", "input"));
        }

        ToolResult = ReadContent(item, "output", "user");
        Tokens += Play.Tokens.Count(ToolResult);
    }

    private void AddMessage(Fields item)
    {
        item.Required("role");
        string role = item.Choice("role", Roles)!;
        string text = ReadContent(item, "content", role);
        Tokens += Play.Tokens.Count(text);
        ToolResult = null;
        if (role == "user")
        {
            UserText = text;
        }

        JsonElement content = item.Required("content");
        object parts = content.ValueKind == JsonValueKind.String
            ? new[] { role == "assistant" ? Shape.Of(("type", "output_text"), ("text", content), ("annotations", Array.Empty<object>()), ("logprobs", Array.Empty<object>())) : Shape.Of(("type", "input_text"), ("text", content)) }
            : content;
        Dictionary<string, object?> message = Shape.Of(("id", item.Text("id")), ("type", "message"), ("status", "completed"), ("role", role), ("content", parts));
        if (item.Choice("phase", "commentary", "final_answer") is { } phase)
        {
            message["phase"] = role == "assistant" ? phase : throw new ApiException(ApiError.Invalid($"Unknown parameter: '{item.Name("phase")}'.", item.Name("phase"), "unknown_parameter"));
        }

        Keep(Shape.ToElement(message));
    }

    private void Keep(JsonElement item)
    {
        if (item.TextOf("id") is not null)
        {
            _items.Add(item.Clone());
            return;
        }

        string id = string.Format(CultureInfo.InvariantCulture, "item_sandbox_{0:D6}_{1}", _number, _items.Count);
        _items.Add(Shape.ToElement(item.EnumerateObject().Where(static member => member.Name != "id").Select(static member => new KeyValuePair<string, object?>(member.Name, member.Value)).Prepend(new("id", id))));
    }

    private string ReadContent(Fields item, string member, string role)
    {
        JsonElement content = item.Required(member);
        if (content.ValueKind == JsonValueKind.String)
        {
            return content.GetString()!;
        }

        StringBuilder text = new();
        int images = 0;
        int files = 0;
        int index = 0;
        foreach (JsonElement element in (item.Of(member, JsonValueKind.Array, "a string or an array of parts") ?? default).EnumerateArray())
        {
            Fields part = new(element, string.Format(CultureInfo.InvariantCulture, "{0}[{1}].", item.Name(member), index++));
            part.Required("type");
            switch (part.Choice("type", role == "assistant" ? ["output_text", "refusal"] : ["input_text", "input_image", "input_file"]))
            {
                case "input_image":
                    CheckImage(part);
                    images++;
                    break;
                case "input_file":
                    CheckFile(part);
                    files++;
                    break;
                case "refusal":
                    AppendLine(text, part.RequiredText("refusal"));
                    break;
                default:
                    AppendLine(text, part.RequiredText("text"));
                    break;
            }
        }

        Tokens += images * Play.Tokens.PerImage;
        AppendCount(text, images, "image");
        AppendCount(text, files, "file");
        return text.ToString();
    }

    private static void CheckImage(Fields part)
    {
        part.Choice("detail", "auto", "low", "high", "original");
        if (part.Text("image_url") is not { } url)
        {
            part.RequiredText("file_id");
            return;
        }

        bool isImage = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || (url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) && url.IndexOf(";base64,", StringComparison.OrdinalIgnoreCase) > 0);
        if (!isImage)
        {
            string name = part.Name("image_url");
            throw new ApiException(ApiError.Invalid($"Invalid '{name}'. Expected a valid URL, but got a value with an invalid format.", name, "invalid_value"));
        }
    }

    private static void CheckFile(Fields part)
    {
        if (part.Text("file_id") is null && part.Text("file_url") is null)
        {
            part.RequiredText("file_data");
            part.RequiredText("filename");
        }
    }

    private static void AppendLine(StringBuilder text, string line) => text.Append(text.Length > 0 ? "\n" : "").Append(line);

    private static void AppendCount(StringBuilder text, int count, string noun)
    {
        if (count > 0)
        {
            text.Append(text.Length > 0 ? " [" : "[").Append(count).Append(' ').Append(noun).Append(count == 1 ? "]" : "s]");
        }
    }

    private static string TextWithin(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Object => string.Join(" ", item.EnumerateObject().Where(static member => member.Name is "text" or "content" or "output" or "arguments" or "refusal").Select(static member => TextWithin(member.Value))),
        JsonValueKind.Array => string.Join(" ", item.EnumerateArray().Select(TextWithin)),
        JsonValueKind.String => item.GetString()!,
        _ => "",
    };
}
