using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Models;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Models;

public sealed class ModelFactsTests
{
    [Theory]
    [InlineData("""{"id":"m","shutdown_date":"2026-12-11"}""", "2026-12-11T00:00:00Z")]
    [InlineData("""{"id":"m","shutdown_date":null}""", null)]
    [InlineData("""{"id":"m"}""", null)]
    [InlineData("""{"id":"m","shutdown_date":"soon"}""", null)]
    [InlineData("""{"id":"m","retires_at":"2027-01-22T10:00:00+02:00"}""", "2027-01-22T08:00:00Z")]
    [InlineData("""{"id":"m","retires_at":null}""", null)]
    [InlineData("""{"id":"m","retires_at":{"day":1}}""", null)]
    [InlineData("""{"id":"m","expiration_date":"2026-12-31"}""", "2026-12-31T00:00:00Z")]
    [InlineData("""{"id":"m","deprecation":1797897600}""", "2026-12-22T00:00:00Z")]
    [InlineData("""{"id":"m","deprecation":true}""", null)]
    public async Task RetiresAt_AsServicesTellIt_IsATimeInUtc(string model, string? expected)
    {
        ChatModel read = await ReadAsync(model);

        Assert.Equal(expected, read.RetiresAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, read.RetiresAt?.Offset ?? TimeSpan.Zero);
    }

    [Fact]
    public async Task Model_OfAnthropic_TellsLifeLimitsAndAbilities()
    {
        ChatModel model = await ReadAsync(
            """
            {"id":"m","type":"model","lifecycle":"deprecated","line":"opus","retires_at":"2026-12-01T00:00:00Z","max_input_tokens":1000000,"max_tokens":128000,
             "capabilities":{"batch":{"supported":true},"image_input":{"supported":false},"effort":{"supported":true,"low":{"supported":true},"max":{"supported":false}},
              "thinking":{"supported":true,"types":{"adaptive":{"supported":true},"enabled":{"supported":false}}},"citations":{"supported":false,"deep":{"supported":true}}}}
            """,
            KnownDialects.Anthropic);

        Assert.Equal(("deprecated", 1_000_000L, 128_000L), (model.Lifecycle, model.MaxInputTokens, model.MaxOutputTokens));
        Assert.Equal(["batch", "effort", "effort.low", "thinking", "thinking.adaptive"], model.Capabilities!);
    }

    [Theory]
    [InlineData("""{"id":"m","capabilities":null}""", null)]
    [InlineData("""{"id":"m","capabilities":"all"}""", null)]
    [InlineData("""{"id":"m","capabilities":{}}""", "")]
    [InlineData("""{"id":"m","capabilities":{"vision":true,"audio":false,"odd":3}}""", "vision")]
    [InlineData("""{"id":"m","supported_parameters":["tools","reasoning",7]}""", "tools reasoning")]
    public async Task Capabilities_OfAnyForm_AreWordsOfWhatIsSupported(string model, string? expected) =>
        Assert.Equal(expected, (await ReadAsync(model)).Capabilities is { } words ? string.Join(" ", words) : null);

    [Theory]
    [InlineData("context_length", "131072", 131_072)]
    [InlineData("max_model_len", "8192.0", 8192)]
    [InlineData("context_window", "0", null)]
    [InlineData("max_input_tokens", "\"many\"", null)]
    [InlineData("max_input_tokens", "1e300", null)]
    public async Task MaxInputTokens_OfAnyForm_AreReadOrNotTold(string name, string value, int? expected) =>
        Assert.Equal(expected, (int?)(await ReadAsync($$"""{"id":"m","{{name}}":{{value}}}""")).MaxInputTokens);

    [Fact]
    public async Task Model_OfGemini_TellsLifeLimitsAndAbilities()
    {
        ChatModel model = await ReadAsync(
            """
            {"name":"models/m","inputTokenLimit":1048576,"outputTokenLimit":65536,"supportedGenerationMethods":["generateContent","countTokens"],"thinking":true,
             "modelStatus":{"modelStage":"DEPRECATED","retirementTime":"2026-12-01T00:00:00Z","message":"x"}}
            """,
            KnownDialects.Gemini);

        Assert.Equal(("m", 1_048_576L, 65_536L, "DEPRECATED"), (model.Id, model.MaxInputTokens, model.MaxOutputTokens, model.Lifecycle));
        Assert.Equal(["generateContent", "countTokens", "thinking"], model.Capabilities!);
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), model.RetiresAt);
    }

    [Theory]
    [InlineData("OpenAI", """{"id":"mX","display_name":"X","owned_by":"oX","replacement":"rX","lifecycle":"lX","capabilities":["cX",{"X":true}],"X":1}""", "m? ? o? r? l? c?")]
    [InlineData("OpenAI", """{"id":"m","capabilities":{"aX":true,"b":{"X":{"supported":true},"c":true}}}""", "m     a? b.? b.c")]
    [InlineData("Gemini", """{"name":"models/mX","displayName":"X","X":1,"modelStatus":{"X":1,"modelStage":"lX","retirementTime":"X"},"supportedActions":["cX"]}""", "m? ?   l? c?")]
    public async Task Model_NamesThatSteerATerminal_AreShownWithout(string dialect, string model, string expected)
    {
        ChatModel read = await ReadAsync(model.Replace("X", @"\u001b", StringComparison.Ordinal), KnownDialects.Find(dialect, "test"));

        Assert.Equal(expected, $"{read.Id} {read.DisplayName} {read.OwnedBy} {read.Replacement} {read.Lifecycle} {string.Join(" ", read.Capabilities!)}".Replace('\uFFFD', '?'));
        await ReadAsync(model.Replace("X", @"\ud83d", StringComparison.Ordinal), KnownDialects.Find(dialect, "test"));
    }

    [Fact]
    public async Task Known_AfterAListAndAnAlias_TellsBothWithoutAsking()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(200, """{"data":[{"id":"a","owned_by":"x"},{"id":"b"}]}"""), RawServer.Answer(200, """{"id":"b-2026","replacement":"c"}"""));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Null(connection.Models.Known("a"));
        await connection.Models.ListAsync(CallSettings.None, CancellationToken.None);
        await connection.Models.GetAsync("b", CallSettings.None, CancellationToken.None);

        Assert.Equal("x", connection.Models.Known("a")!.OwnedBy);
        Assert.Equal(("b-2026", "c"), (connection.Models.Known("b")!.Id, connection.Models.Known("b-2026")!.Replacement));
        Assert.Null(connection.Models.Known("A"));
        Assert.Equal(2, server.Exchanges.Count);
    }

    private static async Task<ChatModel> ReadAsync(string model, Dialect? dialect = null)
    {
        using RawServer server = RawServer.Answering(200, model);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = dialect ?? KnownDialects.OpenAI, BaseUri = server.BaseUri, Model = "m" });
        return await connection.Models.GetAsync("m", CallSettings.None, CancellationToken.None);
    }
}
