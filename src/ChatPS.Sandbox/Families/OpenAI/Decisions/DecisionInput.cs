using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Decisions;

/// <summary>What questions in OpenAI's form are about: a text, or messages and calls of tools.</summary>
internal static class DecisionInput
{
    /// <summary>Reads the words of the input.</summary>
    /// <param name="body">The request.</param>
    /// <returns>All that it says.</returns>
    public static string Read(Fields body)
    {
        JsonElement input = body.Required("input");
        return input.ValueKind switch
        {
            JsonValueKind.String => input.GetString()!,
            JsonValueKind.Array when input.GetArrayLength() > 0 => string.Join("\n", input.EnumerateArray().Select((item, place) => Item(item.AsObject($"input[{place}]")))),
            _ => throw new ApiException(ApiError.WrongType("input", "a string or a list of items", input)),
        };
    }

    /// <summary>Reads a text, or parts.</summary>
    /// <param name="content">The value.</param>
    /// <param name="name">Its name.</param>
    /// <returns>What it says.</returns>
    public static string Words(JsonElement content, string name) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Join("\n", content.EnumerateArray().Select((part, place) => Part(part.AsObject($"{name}[{place}]")))),
        _ => throw new ApiException(ApiError.WrongType(name, "a string or a list of parts", content)),
    };

    private static string Item(Fields item)
    {
        switch (item.Text("type") ?? "message")
        {
            case "message":
                item.Known("type", "role", "content", "phase");
                item.Required("role");
                item.Choice("role", "user", "assistant", "developer", "system");
                return Words(item.Required("content"), item.Name("content"));
            case "function_call":
                item.RequiredText("call_id");
                return $"{item.RequiredText("name")} {item.RequiredText("arguments")}";
            case "function_call_output":
                item.RequiredText("call_id");
                return Words(item.Required("output"), item.Name("output"));
            default:
                throw new ApiException(ApiError.WrongValue(item.Name("type"), item.Text("type")!, ["message", "function_call", "function_call_output"]));
        }
    }

    private static string Part(Fields part)
    {
        part.Required("type");
        switch (part.Choice("type", "input_text", "input_image", "input_json", "output_text", "refusal"))
        {
            case "input_image":
                string address = part.Known("type", "image_url", "detail", "prompt_cache_breakpoint").RequiredText("image_url");
                return address.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http", StringComparison.OrdinalIgnoreCase)
                    ? ""
                    : throw new ApiException(ApiError.Invalid($"Invalid '{part.Name("image_url")}': expected an address or a data URL.", part.Name("image_url"), "invalid_image_url"));
            case "input_json":
                JsonElement data = part.Known("type", "data").Required("data");
                return data.ValueKind == JsonValueKind.Object || (data.ValueKind == JsonValueKind.Array && data.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.Object))
                    ? PlainJson.ToText(data)
                    : throw new ApiException(ApiError.WrongType(part.Name("data"), "an object or a list of objects", data));
            case "refusal":
                return part.RequiredText("refusal");
            default:
                return part.Known("type", "text", "prompt_cache_breakpoint").RequiredText("text");
        }
    }
}
