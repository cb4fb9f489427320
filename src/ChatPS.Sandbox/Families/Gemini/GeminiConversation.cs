using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>What the sandbox makes of the contents of a request.</summary>
internal sealed class GeminiConversation
{
    /// <summary>What an image or a page of a document costs.</summary>
    private const int TokensPerMedium = 258;

    private static readonly string[] PartMembers =
        ["text", "thought", "thoughtSignature", "inlineData", "fileData", "functionCall", "functionResponse", "executableCode", "codeExecutionResult", "videoMetadata", "mediaResolution"];

    private int _openCalls;
    private bool _hasUnsignedCall;

    private GeminiConversation()
    {
    }

    /// <summary>The text of the last turn of the user, its images, sounds and files counted in brackets.</summary>
    public string UserText { get; private set; } = "";

    /// <summary>What the function answered, where the last turn is its answer.</summary>
    public string? ToolResult { get; private set; }

    public int PromptTokens { get; private set; }

    /// <summary>Whether a call since the user's last words came back without the signature that it was given.</summary>
    public bool HasUnsignedCall => _hasUnsignedCall;

    public static GeminiConversation Read(Fields body)
    {
        if (body.Array("contents") is not { } contents || contents.GetArrayLength() == 0)
        {
            throw new ApiException(ApiError.Invalid("* GenerateContentRequest.contents: contents is not specified\n"));
        }

        GeminiConversation conversation = new();
        if (body.Object("systemInstruction") is { } instruction)
        {
            conversation.AddInstruction(instruction);
        }

        int index = 0;
        foreach (JsonElement content in contents.EnumerateArray())
        {
            conversation.Add(content, string.Format(CultureInfo.InvariantCulture, "contents[{0}]", index++));
        }

        return conversation._openCalls == 0 ? conversation : throw Unanswered();
    }

    /// <summary>The text of the last turn of the user, whatever else is wrong.</summary>
    public static string? ReadPrompt(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("contents", out JsonElement contents) || contents.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        return contents.EnumerateArray().Where(IsUser).Select(TextOf).LastOrDefault(text => text.Length > 0);
    }

    private static bool IsUser(JsonElement content) =>
        content.ValueKind == JsonValueKind.Object && (!content.TryGetProperty("role", out JsonElement role) || (role.ValueKind == JsonValueKind.String && role.ValueEquals("user"u8)));

    private static string TextOf(JsonElement content) => content.TryGetProperty("parts", out JsonElement parts) && parts.ValueKind == JsonValueKind.Array
        ? string.Join("\n", parts.EnumerateArray()
            .Where(part => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String)
            .Select(part => part.GetProperty("text").GetString()))
        : "";

    private static ApiException Unanswered() => new(ApiError.Invalid(
        "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn."));

    private void AddInstruction(JsonElement instruction)
    {
        foreach (JsonElement part in Parts(GeminiFields.Of(instruction, "system_instruction", "role", "parts")))
        {
            PromptTokens += Tokens.Count(GeminiFields.Of(part, "system_instruction.parts", "text").RequiredText("text"));
        }
    }

    private void Add(JsonElement element, string name)
    {
        Fields content = GeminiFields.Of(element, name, "role", "parts");
        string role = content.Text("role") ?? "user";
        if (role is not ("user" or "model"))
        {
            throw new ApiException(ApiError.Invalid("Please use a valid role: user, model."));
        }

        Turn turn = new();
        foreach (JsonElement part in Parts(content))
        {
            Add(new Fields(GeminiFields.Of(part, content.Name("parts"), PartMembers).Root, content.Name("parts.")), turn);
        }

        if (turn.Answers != _openCalls)
        {
            throw Unanswered();
        }

        _openCalls = role == "model" ? turn.Calls : 0;
        string text = turn.Say();
        PromptTokens += Tokens.Count(text) + (turn.Media * TokensPerMedium);
        ToolResult = turn.Answers > 0 ? turn.Result.ToString() : null;
        if (role == "model")
        {
            _hasUnsignedCall |= turn is { Calls: > 0, IsSigned: false };
        }
        else if (turn.Answers == 0)
        {
            UserText = text;
            _hasUnsignedCall = false;
        }
    }

    private static JsonElement.ArrayEnumerator Parts(Fields content) => content.Array("parts") is { } parts && parts.GetArrayLength() > 0
        ? parts.EnumerateArray()
        : throw new ApiException(ApiError.Invalid($"* GenerateContentRequest.{content.Name("parts")}: contents.parts must not be empty.\n"));

    private static void Add(Fields part, Turn turn)
    {
        turn.IsSigned |= part.Text("thoughtSignature") is not null;
        bool isThought = part.Flag("thought");
        if (part.Text("text") is { } text)
        {
            turn.AddText(isThought ? "" : text);
        }
        else if (part.Object("inlineData") is { } inline)
        {
            Fields blob = GeminiFields.Of(inline, part.Name("inline_data"), "mimeType", "data", "displayName");
            turn.AddMedium(blob.RequiredText("mimeType"));
            if (!IsBase64(blob.RequiredText("data")))
            {
                throw new ApiException(ApiError.Invalid($"Invalid value at '{blob.Name("data")}' (TYPE_BYTES), Base64 decoding failed"));
            }
        }
        else if (part.Object("fileData") is { } file)
        {
            Fields data = GeminiFields.Of(file, part.Name("file_data"), "mimeType", "fileUri", "displayName");
            data.RequiredText("fileUri");
            turn.AddMedium(data.Text("mimeType") ?? "");
        }
        else if (part.Object("functionCall") is { } call)
        {
            Fields fields = GeminiFields.Of(call, part.Name("function_call"), "id", "name", "args");
            fields.RequiredText("name");
            fields.Object("args");
            turn.Calls++;
        }
        else if (part.Object("functionResponse") is { } response)
        {
            Fields fields = GeminiFields.Of(response, part.Name("function_response"), "id", "name", "response", "parts", "willContinue", "scheduling");
            fields.RequiredText("name");
            fields.Required("response");
            turn.AddAnswer(fields.Object("response")!.Value);
        }
        else if (part.Object("executableCode") is null && part.Object("codeExecutionResult") is null)
        {
            throw new ApiException(ApiError.Invalid($"* GenerateContentRequest.{part.Name("data")}: required oneof field 'data' must have one initialized field\n"));
        }
    }

    private static bool IsBase64(string data)
    {
        try
        {
            return Convert.FromBase64String(data).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private sealed class Turn
    {
        private readonly StringBuilder _text = new();
        private int _images;
        private int _sounds;
        private int _files;

        public StringBuilder Result { get; } = new();

        public int Calls { get; set; }

        public int Answers { get; private set; }

        public bool IsSigned { get; set; }

        public int Media => _images + _sounds + _files;

        public void AddText(string text) => Append(_text, text);

        public void AddMedium(string type)
        {
            bool isImage = type.StartsWith("image/", StringComparison.OrdinalIgnoreCase);
            bool isSound = type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase);
            _images += isImage ? 1 : 0;
            _sounds += isSound ? 1 : 0;
            _files += isImage || isSound ? 0 : 1;
        }

        public void AddAnswer(JsonElement response)
        {
            Answers++;
            string text = response.TryGetProperty("output", out JsonElement output) && output.ValueKind == JsonValueKind.String ? output.GetString()! : response.GetRawText();
            Append(Result, text);
            Append(_text, text);
        }

        public string Say()
        {
            Count(_images, "image");
            Count(_sounds, "sound");
            Count(_files, "file");
            return _text.ToString();
        }

        private static void Append(StringBuilder all, string text) => all.Append(all.Length > 0 && text.Length > 0 ? "\n" : "").Append(text);

        private void Count(int count, string noun)
        {
            if (count > 0)
            {
                _text.Append(_text.Length > 0 ? " [" : "[").Append(count).Append(' ').Append(noun).Append(count == 1 ? "]" : "s]");
            }
        }
    }
}
