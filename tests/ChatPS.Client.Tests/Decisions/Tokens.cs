using System.Globalization;

namespace ChatPS.Client.Tests.Decisions;

/// <summary>Answers of chat models that tell how likely their first token was.</summary>
internal static class Tokens
{
    /// <summary>Makes an answer of one token.</summary>
    /// <param name="token">What the model said.</param>
    /// <param name="top">The likeliest tokens and their logarithms.</param>
    /// <returns>The JSON.</returns>
    public static string Answer(string token, params (string Token, double LogProb)[] top) =>
        $$$"""{"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":{{{Engine.Json(token)}}} },"finish_reason":"stop","logprobs":{"content":[{"token":{{{Engine.Json(token)}}},"logprob":{{{Number(top[0].LogProb)}}},"top_logprobs":[{{{string.Join(",", top.Select(Tell))}}}]}]} }],"usage":{"prompt_tokens":20,"completion_tokens":1,"total_tokens":21} }""";

    /// <summary>Makes an answer of several tokens: each nine times as likely as B, and B as A.</summary>
    /// <param name="text">What the model said.</param>
    /// <param name="tokens">Its tokens, as the service tells them.</param>
    /// <returns>The JSON.</returns>
    public static string Spelled(string text, params string[] tokens) =>
        $$$"""{"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":{{{Engine.Json(text)}}} },"finish_reason":"stop","logprobs":{"content":[{{{string.Join(",", tokens.Select(token => $$"""{"token":{{Engine.Json(token)}},"logprob":{{Number(Math.Log(0.9))}},"top_logprobs":[{{Tell((token.Contains('B', StringComparison.Ordinal) ? "A" : "B", Math.Log(0.1)))}}]}"""))}}}]} }],"usage":{"prompt_tokens":20,"completion_tokens":1,"total_tokens":21} }""";

    private static string Tell((string Token, double LogProb) each) => $$"""{"token":{{Engine.Json(each.Token)}},"logprob":{{Number(each.LogProb)}} }""";

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
