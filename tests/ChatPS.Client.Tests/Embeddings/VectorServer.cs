using System.Globalization;
using System.Text.Json;

namespace ChatPS.Client.Tests.Embeddings;

/// <summary>Answers with vectors that tell which text they are of: that of <c>t7</c> is 7.</summary>
internal static class VectorServer
{
    public const string TooLong = """{"error":{"message":"Invalid 'input[0]': maximum input length is 8192 tokens.","type":"invalid_request_error","param":null,"code":null}}""";

    public static IReadOnlyList<string> Texts(RawExchange exchange)
    {
        using JsonDocument body = JsonDocument.Parse(exchange.Body);
        return [.. (body.RootElement.TryGetProperty("texts", out JsonElement texts) ? texts : body.RootElement.GetProperty("input")).EnumerateArray().Select(text => text.GetString()!)];
    }

    public static Task AnswerAsync(RawExchange exchange) => exchange.AnswerAsync(200, Answer(Texts(exchange)), "application/json");

    /// <summary>Refuses requests that hold a text which begins with <c>long</c>.</summary>
    public static Task RefuseLongAsync(RawExchange exchange) => Texts(exchange).Any(text => text.StartsWith("long", StringComparison.Ordinal))
        ? exchange.AnswerAsync(400, TooLong, "application/json")
        : AnswerAsync(exchange);

    public static string Answer(IReadOnlyList<string> texts)
    {
        string vectors = string.Join(",", texts.Select((text, index) => string.Create(CultureInfo.InvariantCulture, $$"""{"object":"embedding","index":{{index}},"embedding":[{{text[1..]}},1]}""")).Reverse());
        string tokens = (10 * texts.Count).ToString(CultureInfo.InvariantCulture);
        return $$"""{"object":"list","model":"m","data":[{{vectors}}],"usage":{"prompt_tokens":{{tokens}},"total_tokens":{{tokens}} } }""";
    }
}
