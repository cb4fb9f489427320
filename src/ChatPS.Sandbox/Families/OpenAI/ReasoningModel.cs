using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>
/// A model that tells its reasoning in the way of some service that speaks as OpenAI does, and refuses to go on after a call of a
/// tool where that does not come back. Its name says which way.
/// </summary>
internal sealed class ReasoningModel
{
    private const string Thought = "The sandbox thinks about what it was asked.";
    private const string Signature = "c2lnbmVkIGJ5IHRoZSBzYW5kYm94";

    private static readonly string[] DetailMembers = ["type", "text", "data", "signature", "id", "format", "index"];

    private string Complaint { get; init; } = "";

    /// <summary>The member that holds the reasoning; null for none.</summary>
    private string? Member { get; init; }

    private string Reasoning { get; init; } = Thought;

    private bool HasDetails { get; init; }

    /// <summary>What signs the first call of a tool; null for nothing.</summary>
    public string? CallSignature { get; private init; }

    /// <summary>Finds the model of a name.</summary>
    /// <param name="model">The name.</param>
    /// <returns>The model; null for one that tells no reasoning.</returns>
    public static ReasoningModel? Of(string model) => model switch
    {
        "sandbox-reasoning-content" => new ReasoningModel { Member = "reasoning_content", Complaint = "The reasoning_content in the thinking mode must be passed back to the API." },
        "sandbox-reasoning-empty" => new ReasoningModel { Member = "reasoning_content", Reasoning = "", Complaint = "The reasoning_content in the thinking mode must be passed back to the API." },
        "sandbox-thinking" => new ReasoningModel { Member = "reasoning_content", Complaint = "thinking is enabled but reasoning_content is missing in assistant tool call message at index {0}" },
        "sandbox-reasoning" => new ReasoningModel { Member = "reasoning", Complaint = "The reasoning of messages[{0}] must be passed back." },
        "sandbox-reasoning-details" => new ReasoningModel { Member = "reasoning", HasDetails = true, Complaint = "The reasoning_details of messages[{0}] must be passed back unchanged and in their order." },
        "sandbox-thought-signature" => new ReasoningModel
        {
            CallSignature = Signature,
            Complaint = "Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance.",
        },
        _ => null,
    };

    /// <summary>Refuses a conversation whose calls of tools lack what was thought before them.</summary>
    /// <param name="messages">The conversation.</param>
    public void Require(JsonElement messages)
    {
        int index = 0;
        foreach (JsonElement message in messages.EnumerateArray())
        {
            Fields fields = new(message);
            if (fields.Text("role") == "assistant" && fields.Array("tool_calls") is { } calls && calls.GetArrayLength() > 0 && !HasCome(fields, calls[0]))
            {
                throw new ApiException(ApiError.Invalid(string.Format(CultureInfo.InvariantCulture, Complaint, index), "messages"));
            }

            index++;
        }
    }

    /// <summary>Writes the reasoning into a whole message.</summary>
    /// <param name="json">The message.</param>
    public void Write(Utf8JsonWriter json)
    {
        if (Member is { } member)
        {
            json.WriteString(member, Reasoning);
        }

        if (HasDetails)
        {
            WriteDetails(json, TextDetail(Thought).With(("signature", Signature)), Encrypted());
        }
    }

    /// <summary>The reasoning in pieces.</summary>
    /// <returns>What writes each of them.</returns>
    public IEnumerable<Action<Utf8JsonWriter>> Deltas()
    {
        if (Member is not { } member)
        {
            yield break;
        }

        foreach (string piece in Reasoning.Length == 0 ? [""] : Tokens.Split(Reasoning))
        {
            yield return json =>
            {
                json.WriteString(member, piece);
                if (HasDetails)
                {
                    WriteDetails(json, TextDetail(piece));
                }
            };
        }

        if (HasDetails)
        {
            yield return json => WriteDetails(json, TextDetail("").With(("signature", Signature)), Encrypted());
        }
    }

    private static Dictionary<string, object?> TextDetail(string text) =>
        Shape.Of(("type", "reasoning.text"), ("text", text), ("signature", null), ("id", null), ("format", "sandbox-v1"), ("index", 0));

    private static Dictionary<string, object?> Encrypted() =>
        Shape.Of(("type", "reasoning.encrypted"), ("data", "b3BhcXVl"), ("id", "rs_sandbox"), ("format", "sandbox-v1"), ("index", 1));

    private static void WriteDetails(Utf8JsonWriter json, params Dictionary<string, object?>[] details)
    {
        json.WritePropertyName("reasoning_details"u8);
        PlainJson.Write(json, details);
    }

    private bool HasCome(Fields message, JsonElement call) =>
        CallSignature is not null ? SignatureOf(new Fields(call)) == CallSignature
        : HasDetails ? message.Array("reasoning_details") is { } details && Told(details) == Told(Shape.ToElement(new[] { TextDetail(Thought).With(("signature", Signature)), Encrypted() }))
        : message.Text(Member!) == Reasoning;

    private static string? SignatureOf(Fields call) =>
        call.Object("extra_content") is { } extra && new Fields(extra).Object("google") is { } google ? new Fields(google).Text("thought_signature") : null;

    private static string Told(JsonElement details) => string.Join("\n", details.EnumerateArray().Select(static detail =>
        string.Join("|", DetailMembers.Select(member => detail.TryGetProperty(member, out JsonElement value) ? value.ToString() : ""))));
}
