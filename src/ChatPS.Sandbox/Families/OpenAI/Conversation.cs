using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>What the sandbox makes of the messages of a chat.</summary>
internal sealed class Conversation
{
    private static readonly string[] Roles = ["system", "assistant", "user", "function", "tool", "developer"];

    private readonly HashSet<string> _openCalls = new(StringComparer.Ordinal);

    private Conversation()
    {
    }

    /// <summary>The text of the last user message, its images, sounds and files counted in brackets.</summary>
    public string UserText { get; private set; } = "";

    /// <summary>The text of the last message where it is the result of a tool.</summary>
    public string? ToolResult { get; private set; }

    public int PromptTokens { get; private set; }

    public int ImageTokens { get; private set; }

    public static Conversation Read(Fields body)
    {
        body.Required("messages");
        JsonElement messages = body.Array("messages")!.Value;
        if (messages.GetArrayLength() == 0)
        {
            throw new ApiException(ApiError.Invalid(
                "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", "messages", "empty_array"));
        }

        Conversation conversation = new();
        int index = 0;
        foreach (JsonElement message in messages.EnumerateArray())
        {
            string name = string.Format(CultureInfo.InvariantCulture, "messages[{0}]", index++);
            if (message.ValueKind != JsonValueKind.Object)
            {
                throw new ApiException(ApiError.WrongType(name, "an object", message));
            }

            conversation.Add(new Fields(message, name + "."));
        }

        return conversation;
    }

    private void Add(Fields message)
    {
        message.Required("role");
        string role = message.Choice("role", Roles)!;
        CheckCalls(message, role);
        string text = ReadContent(message, role);
        PromptTokens += Tokens.Count(text);
        ToolResult = role is "tool" or "function" ? text : null;
        if (role == "user")
        {
            UserText = text;
        }
    }

    private void CheckCalls(Fields message, string role)
    {
        if (role == "assistant" && message.Array("tool_calls") is { } calls)
        {
            foreach (JsonElement call in calls.EnumerateArray())
            {
                _openCalls.Add(new Fields(call, message.Name("tool_calls[].")).RequiredText("id"));
            }
        }
        else if (role == "tool" && !_openCalls.Remove(message.RequiredText("tool_call_id")))
        {
            throw new ApiException(ApiError.Invalid(
                "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.", message.Name("role")));
        }
        else if (role == "function")
        {
            message.RequiredText("name");
        }
    }

    private string ReadContent(Fields message, string role)
    {
        if (!message.TryGet("content", out JsonElement content))
        {
            bool mayBeAbsent = role is "function"
                || (role is "assistant" && (message.TryGet("tool_calls", out _) || message.TryGet("function_call", out _) || message.TryGet("refusal", out _) || message.TryGet("audio", out _)));
            return mayBeAbsent ? "" : throw new ApiException(ApiError.WrongType(message.Name("content"), "a string or an array of parts", content));
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array when content.GetArrayLength() > 0 => ReadParts(content, message.Name("content"), role),
            _ => throw new ApiException(ApiError.WrongType(message.Name("content"), "a string or an array of parts", content)),
        };
    }

    private string ReadParts(JsonElement content, string name, string role)
    {
        StringBuilder text = new();
        int images = 0;
        int sounds = 0;
        int files = 0;
        int index = 0;
        foreach (JsonElement element in content.EnumerateArray())
        {
            string partName = string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", name, index++);
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw new ApiException(ApiError.WrongType(partName, "an object", element));
            }

            Fields part = new(element, partName + ".");
            part.Required("type");
            switch (part.Choice("type", role switch
            {
                "user" => ["text", "image_url", "input_audio", "file"],
                "assistant" => ["text", "refusal"],
                _ => ["text"],
            }))
            {
                case "image_url":
                    CheckImage(part);
                    images++;
                    break;
                case "input_audio":
                    CheckAudio(part);
                    sounds++;
                    break;
                case "file":
                    part.Required("file");
                    part.Object("file");
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

        ImageTokens += images * Tokens.PerImage;
        PromptTokens += images * Tokens.PerImage;
        AppendCount(text, images, "image");
        AppendCount(text, sounds, "sound");
        AppendCount(text, files, "file");
        return text.ToString();
    }

    private static void CheckImage(Fields part)
    {
        part.Required("image_url");
        Fields image = new(part.Object("image_url")!.Value, part.Name("image_url."));
        string url = image.RequiredText("url");
        image.Choice("detail", "auto", "low", "high");
        bool isImage = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || (url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) && url.IndexOf(";base64,", StringComparison.OrdinalIgnoreCase) > 0);
        if (!isImage)
        {
            throw new ApiException(ApiError.Invalid($"Invalid '{image.Name("url")}': expected a web address or a base64-encoded data URL with an image MIME type.", image.Name("url"), "invalid_image_url"));
        }
    }

    private static void CheckAudio(Fields part)
    {
        part.Required("input_audio");
        Fields audio = new(part.Object("input_audio")!.Value, part.Name("input_audio."));
        audio.RequiredText("data");
        audio.Required("format");
        audio.Choice("format", "wav", "mp3");
    }

    private static void AppendLine(StringBuilder text, string line)
    {
        if (text.Length > 0)
        {
            text.Append('\n');
        }

        text.Append(line);
    }

    private static void AppendCount(StringBuilder text, int count, string noun)
    {
        if (count > 0)
        {
            text.Append(text.Length > 0 ? " [" : "[").Append(count).Append(' ').Append(noun).Append(count == 1 ? "]" : "s]");
        }
    }
}
