using System.Net;
using System.Text.Json;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Sandbox.Tests;

/// <summary>Models that think in the ways of services, and want their thoughts back.</summary>
public sealed class ReasoningTests : SandboxTest
{
    private const string Chats = "/v1/chat/completions";
    private const string Call = """{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}""";

    [Theory]
    [InlineData("sandbox-reasoning-content", "reasoning_content")]
    [InlineData("sandbox-reasoning-empty", "reasoning_content")]
    [InlineData("sandbox-thinking", "reasoning_content")]
    [InlineData("sandbox-reasoning", "reasoning")]
    [InlineData("sandbox-reasoning-details", "reasoning", "reasoning_details")]
    [InlineData("sandbox-thought-signature")]
    public async Task Chat_OfAModelThatThinks_TellsItsReasoning(string model, params string[] members)
    {
        JsonElement message = (await AskAsync(Chats, Ask(model, ""))).GetProperty("choices")[0].GetProperty("message");

        Assert.Equal(members, new[] { "reasoning_content", "reasoning", "reasoning_details" }.Where(name => message.TryGetProperty(name, out _)));
        Assert.Equal(model == "sandbox-thought-signature", message.GetProperty("tool_calls")[0].TryGetProperty("extra_content", out _));
    }

    [Theory]
    [InlineData("sandbox-reasoning-content", "", "must be passed back to the API")]
    [InlineData("sandbox-reasoning-content", ""","reasoning_content":"something else" """, "must be passed back to the API")]
    [InlineData("sandbox-reasoning-empty", "", "must be passed back to the API")]
    [InlineData("sandbox-reasoning-empty", ""","reasoning_content":"" """, null)]
    [InlineData("sandbox-thinking", "", "at index 1")]
    [InlineData("sandbox-reasoning", ""","reasoning_content":"The sandbox thinks about what it was asked." """, "messages[1]")]
    [InlineData("sandbox-reasoning", ""","reasoning":"The sandbox thinks about what it was asked." """, null)]
    [InlineData("sandbox-reasoning-details", ""","reasoning_details":[] """, "messages[1]")]
    [InlineData("sandbox-thought-signature", "", "missing a thought_signature")]
    [InlineData("sandbox-mini", "", null)]
    public async Task Chat_CallWithoutWhatWasThought_IsRefused(string model, string more, string? words)
    {
        using HttpResponseMessage response = await PostAsync(Chats, Ask(model, $$""",{"role":"assistant","tool_calls":[{{Call}}]{{more}}},{"role":"tool","tool_call_id":"c1","content":"ok"}"""));
        string body = await response.Content.ReadAsStringAsync();

        Assert.Equal(words is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(words ?? "The tool answered: ok", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello", "reasoning,message commentary,message final_answer")]
    [InlineData("call f", "reasoning,message commentary,function_call")]
    public async Task Response_OfAModelWithPhases_TellsThem(string prompt, string expected)
    {
        JsonElement response = await AskAsync("/v1/responses", Respond($$"""[{"role":"user","content":"{{prompt}}"}]"""));

        Assert.Empty(OpenApiDescription.Official.Validate("Response", response.GetRawText()));
        Assert.Equal(expected, string.Join(",", response.GetProperty("output").EnumerateArray().Select(item =>
            item.GetProperty("type").GetString() + (item.TryGetProperty("phase", out JsonElement phase) ? " " + phase.GetString() : ""))));
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":"a"}""", "has no 'phase'")]
    [InlineData("""{"role":"assistant","content":"a","phase":"soon"}""", "phase")]
    [InlineData("""{"role":"user","content":"a","phase":"commentary"}""", "Unknown parameter")]
    [InlineData("""{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"}""", "without its required 'reasoning' item")]
    [InlineData("""{"type":"reasoning","id":"rs_1","summary":[]}""", "not persisted")]
    [InlineData("""{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"x"},{"role":"assistant","content":"a","phase":"final_answer"}""", null)]
    public async Task Response_InputThatLacksSomething_IsRefused(string items, string? words)
    {
        using HttpResponseMessage response = await PostAsync("/v1/responses", Respond($$"""[{"role":"user","content":"q"},{{items}},{"role":"user","content":"and?"}]"""));
        string body = await response.Content.ReadAsStringAsync();

        Assert.Equal(words is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(words ?? "You said: and?", body, StringComparison.Ordinal);
    }

    private static string Ask(string model, string more) =>
        $$$"""{"model":"{{{model}}}","messages":[{"role":"user","content":"call f"}{{{more}}}],"tools":[{"type":"function","function":{"name":"f"}}]}""";

    private static string Respond(string input) =>
        $$"""{"model":"sandbox-phases","store":false,"input":{{input}},"tools":[{"type":"function","name":"f","parameters":{},"strict":false}]}""";
}
