using System.Text.Json;
using ChatPS.Api.Errors;

namespace ChatPS.Api.Tests;

public sealed class ApiErrorTests
{
    [Theory]
    [InlineData("""{"error":{"message":"m","type":"t","param":"p","code":"c"}}""", "m", "t", "c", "p")]
    [InlineData("""{"error":{"message":"m","type":"new_api_error"}}""", "m", "new_api_error", null, null)]
    [InlineData("""{"error":{"message":"m","type":"t","param":null,"code":429}}""", "m", "t", "429", null)]
    [InlineData("""{"error":{"message":"m","code":null,"type":""}}""", "m", null, null, null)]
    [InlineData("""{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}""", "m", "INVALID_ARGUMENT", "400", null)]
    [InlineData("""{"error":{"code":"only_a_code"}}""", "only_a_code", null, "only_a_code", null)]
    [InlineData("""{"error":{"message":{"nested":1}}}""", "{\"nested\":1}", null, null, null)]
    [InlineData("""{"type":"error","error":{"message":"m"}}""", "m", "error", null, null)]
    [InlineData("""{"error":"a text"}""", "a text", null, null, null)]
    [InlineData("""{"error":"Not Found","message":"no such route","status":404}""", "no such route", "Not Found", null, null)]
    [InlineData("""{"error":"invalid_token","error_description":"expired"}""", "expired", "invalid_token", null, null)]
    [InlineData("""{"message":"m"}""", "m", null, null, null)]
    [InlineData("""{"object":"error","message":"m","type":"NotFoundError","param":null,"code":404}""", "m", "NotFoundError", "404", null)]
    [InlineData("""{"statusCode":401,"message":"m"}""", "m", null, "401", null)]
    [InlineData("""{"msg":"m","code":"E7"}""", "m", null, "E7", null)]
    [InlineData("""{"err":"m"}""", "m", null, null, null)]
    [InlineData("""{"error_msg":"m"}""", "m", null, null, null)]
    [InlineData("""{"header":{"code":10013,"message":"m"}}""", "m", null, "10013", null)]
    [InlineData("""{"base_resp":{"status_code":1008,"status_msg":"m"}}""", "m", null, "1008", null)]
    [InlineData("""{"response":{"error":{"message":"m","code":"c"}}}""", "m", null, "c", null)]
    [InlineData("""{"detail":"Not Found"}""", "Not Found", null, null, null)]
    [InlineData("""{"detail":[{"loc":["body","model"],"msg":"field required","type":"value_error.missing"}]}""", "field required", "value_error.missing", null, null)]
    [InlineData("""{"detail":{"error":{"message":"m","code":"c"}}}""", "m", null, "c", null)]
    [InlineData("""{"errors":["m"]}""", "m", null, null, null)]
    [InlineData("""[{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}]""", "m", "INVALID_ARGUMENT", "400", null)]
    [InlineData("\"a JSON string\"", "a JSON string", null, null, null)]
    [InlineData("""{"unheard":"of"}""", """{"unheard":"of"}""", null, null, null)]
    [InlineData("""{"error":{"message":"half \ud83d"}}""", "half \ufffd", null, null, null)]
    [InlineData("upstream connect error\n  or reset", "upstream connect error or reset", null, null, null)]
    [InlineData("{\"error\":{\"message\":\"cut", "{\"error\":{\"message\":\"cut", null, null, null)]
    [InlineData("<html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>", "502 Bad Gateway", null, null, null)]
    [InlineData("<!DOCTYPE html><style>p{}</style><script>if(a<b){}</script><!-- x > y --><p>Too &amp; many</p><p>requests</p>", "Too & many requests", null, null, null)]
    public void TryParse_EveryDialect_IsUnderstood(string body, string message, string? type, string? code, string? param)
    {
        Assert.True(ApiError.TryParse(body, out var error));
        Assert.Equal((message, type, code, param), (error.Message, error.Type, error.Code, error.Param));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n ")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"error\":null}")]
    [InlineData("{\"error\":\"\"}")]
    [InlineData("<html></html>")]
    public void TryParse_NothingSaid_IsFalse(string? body)
    {
        Assert.False(ApiError.TryParse(body, out var error));
        Assert.Null(error);
    }

    [Fact]
    public void TryParse_LongPage_IsCutBetweenCharacters()
    {
        Assert.True(ApiError.TryParse("a" + string.Concat(Enumerable.Repeat("😀", 5000)), out var error));
        Assert.True(error.Message.Length <= 301);
        Assert.EndsWith("😀…", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"m"}}""", true)]
    [InlineData("""{"error":{"code":500}}""", true)]
    [InlineData("""{"error":"m"}""", true)]
    [InlineData("""{"error":true,"message":"m"}""", true)]
    [InlineData("""{"error":{"message":"m"},"choices":[{}]}""", true)]
    [InlineData("""{"code":500,"message":"m"}""", true)]
    [InlineData("""{"code":"x","msg":"m"}""", true)]
    [InlineData("""{"code":500,"message":"m","data":null}""", true)]
    [InlineData("""{"success":false,"message":"m"}""", true)]
    [InlineData("""{"object":"error","message":"m"}""", true)]
    [InlineData("""{"header":{"code":1,"message":"m"}}""", true)]
    [InlineData("""{"base_resp":{"status_code":1,"status_msg":"m"}}""", true)]
    [InlineData("""{"response":{"error":{"message":"m"}}}""", true)]
    [InlineData("""[{"error":{"message":"m"}}]""", true)]
    [InlineData("""{"error":null}""", false)]
    [InlineData("""{"error":""}""", false)]
    [InlineData("""{"error":{}}""", false)]
    [InlineData("""{"error":{"message":null}}""", false)]
    [InlineData("""{"error":false}""", false)]
    [InlineData("""{"code":200,"message":"成功","data":{"completion":{}}}""", false)]
    [InlineData("""{"code":500,"message":"m","choices":[]}""", true)]
    [InlineData("""{"code":0,"message":"ok","choices":[]}""", false)]
    [InlineData("""{"title":"Busy","status":503}""", true)]
    [InlineData("""{"internalServerException":{"message":"m"}}""", true)]
    [InlineData("""{"ok":false,"message":"m"}""", true)]
    [InlineData("""{"code":0,"message":"ok"}""", false)]
    [InlineData("""{"base_resp":{"status_code":0,"status_msg":"success"}}""", false)]
    [InlineData("""{"message":"hi"}""", false)]
    [InlineData("""{"id":"x","choices":[]}""", false)]
    [InlineData("[1]", false)]
    [InlineData("[]", false)]
    [InlineData("\"error\"", false)]
    public void IsErrorPayload_UnderSuccess_TellsErrorsFromAnswers(string json, bool expected)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(expected, ApiError.IsErrorPayload(document.RootElement));
    }
}
