using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Responses;

/// <summary>Makes a conversation short: what the user said stays, all else is in one item that only the service can read.</summary>
internal static class CompactionEndpoint
{
    public static Answer Handle(EndpointCall call, StoredResponses stored)
    {
        call.Model();
        Fields body = call.Body;
        ResponseInput input = ResponseInput.Read(body, stored.Before(body.Text("previous_response_id"), conversationId: null), call.Number);
        string suffix = string.Format(CultureInfo.InvariantCulture, "sandbox_{0:D6}", call.Number);
        List<object> output = [];
        int number = 0;
        foreach (JsonElement item in input.Items.Where(static item => item.TextOf("role") == "user"))
        {
            object content = item.GetProperty("content") is { ValueKind: JsonValueKind.String } text ? new[] { Shape.Of(("type", "input_text"), ("text", text)) } : item.GetProperty("content");
            output.Add(Shape.Of(("id", string.Format(CultureInfo.InvariantCulture, "msg_{0}_{1}", suffix, number++)), ("type", "message"), ("status", "completed"), ("role", "user"), ("content", content)));
        }

        output.Add(Shape.Of(("id", "cmp_" + suffix), ("type", "compaction"), ("encrypted_content", "c2FuZGJveA==")));
        int tokens = input.Items.Sum(static item => Tokens.Count(item.GetRawText()));
        return Answer.OfJson(Shape.Of(
            ("id", "resp_" + suffix), ("object", "response.compaction"), ("created_at", call.Created.ToUnixTimeSeconds()), ("output", output),
            ("usage", Shape.Of(
                ("input_tokens", tokens), ("input_tokens_details", Shape.Of(("cached_tokens", 0), ("cache_write_tokens", 0))),
                ("output_tokens", 1), ("output_tokens_details", Shape.Of(("reasoning_tokens", 0))), ("total_tokens", tokens + 1)))));
    }
}
