using System.Text;
using System.Text.Json;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Dialects.OpenAI;

/// <summary>How services of OpenAI's form are told how hard to think.</summary>
public sealed class ReasoningFormTests
{
    [Theory]
    [InlineData("OpenAI", "high", """{"reasoning_effort":"high"}""")]
    [InlineData("OpenAI", "none", """{"reasoning_effort":"none"}""")]
    [InlineData("OpenAI", null, "{}")]
    [InlineData("OpenRouter", "xhigh", """{"reasoning":{"effort":"xhigh"}}""")]
    [InlineData("OpenRouter", null, "{}")]
    [InlineData("Vercel", "none", """{"reasoning":{"effort":"none"}}""")]
    [InlineData("DeepSeek", "max", """{"reasoning_effort":"max"}""")]
    [InlineData("DeepSeek", "none", """{"thinking":{"type":"disabled"}}""")]
    [InlineData("DeepSeek", null, "{}")]
    [InlineData("Moonshot", "none", """{"thinking":{"type":"disabled"}}""")]
    [InlineData("Groq", "low", """{"reasoning_effort":"low"}""")]
    public void Effort_AtAProvider_HasItsForm(string provider, string? effort, string expected) => Assert.Equal(expected, Sent(provider, effort, null));

    [Fact]
    public void Effort_WithMoreInTheBody_IsOneObject() => Assert.Equal(
        """{"reasoning":{"effort":"high","exclude":true}}""",
        Sent("OpenRouter", "high", new Dictionary<string, object?> { ["reasoning"] = new Dictionary<string, object?> { ["exclude"] = true } }));

    [Fact]
    public void Effort_InAResponse_IsOneObjectWithMoreInTheBody()
    {
        ConnectionSettings settings = new() { Dialect = KnownDialects.Responses, BaseUri = new Uri("https://api.openai.com/v1"), Model = "m" };
        CallSettings call = new() { AdditionalBody = new Dictionary<string, object?> { ["reasoning"] = new Dictionary<string, object?> { ["mode"] = "pro" } } };

        string json = Encoding.UTF8.GetString(KnownDialects.Responses.Chat.ToJson(Engine.Ask() with { ReasoningEffort = "high" }, settings, call));

        Assert.Contains("""
            "reasoning":{"effort":"high","mode":"pro"}
            """.Trim(), json, StringComparison.Ordinal);
    }

    // What a request says of reasoning to a provider as the module knows it.
    private static string Sent(string name, string? effort, Dictionary<string, object?>? more)
    {
        Provider provider = ProviderFile.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "providers.json")), "providers.json", null).Single(entry => entry.Name == name);
        ConnectionSettings settings = new() { Dialect = KnownDialects.OpenAI, BaseUri = provider.BaseUri!, Model = "m", Reasoning = provider.Reasoning };
        using JsonDocument request = JsonDocument.Parse(KnownDialects.OpenAI.Chat.ToJson(Engine.Ask() with { ReasoningEffort = effort }, settings, new CallSettings { AdditionalBody = more }).AsMemory());
        return JsonSerializer.Serialize(new[] { "reasoning_effort", "reasoning", "thinking" }
            .Where(member => request.RootElement.TryGetProperty(member, out _))
            .ToDictionary(member => member, request.RootElement.GetProperty));
    }
}
