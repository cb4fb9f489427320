using System.Text;
using ChatPS.Api.Models;

namespace ChatPS.Bench;

/// <summary>What goes over the wire in an ordinary call.</summary>
internal static class Samples
{
    public const string Model = "sandbox-mini";

    public const string Question = "What is a pipeline?";

    public const string Answer = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"sandbox-mini","choices":[{"index":0,"message":{"role":"assistant",
        "content":"A pipeline passes the objects that one command emits to the next one, as they come.","refusal":null,"annotations":[]},"logprobs":null,
        "finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":19,"total_tokens":31,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},
        "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},
        "service_tier":"default","system_fingerprint":"fp_1"}
        """;

    public static Dictionary<string, object?> Plain { get; } = new(StringComparer.Ordinal)
    {
        ["name"] = "get_weather",
        ["description"] = "Tells the weather of a place.",
        ["strict"] = true,
        ["parameters"] = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["type"] = "object",
            ["properties"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["place"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "string" },
                ["days"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 14 },
            },
            ["required"] = new List<object?> { "place", "days" },
        },
    };

    /// <summary>A streamed answer of so many words, an event each.</summary>
    public static string Stream(int words)
    {
        StringBuilder stream = new();
        for (int i = 0; i < words; i++)
        {
            Append(stream, "{\"content\":\"word \"}", "null");
        }

        Append(stream, "{}", "\"stop\"");
        return stream.Append("data: [DONE]\n\n").ToString();
    }

    private static void Append(StringBuilder stream, string delta, string finishReason) =>
        stream.Append("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"sandbox-mini\",")
            .Append("\"system_fingerprint\":\"fp_1\",\"choices\":[{\"index\":0,\"delta\":").Append(delta)
            .Append(",\"logprobs\":null,\"finish_reason\":").Append(finishReason).Append("}]}\n\n");
}
