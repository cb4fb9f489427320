using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Sandbox.Tests;

public sealed class RobustnessTests : SandboxTest
{
    private static readonly string[] Bodies =
    [
        """{"model":"m","messages":[{"role":"user","content":"x"}],%}""",
        """{"model":"m","messages":[{"role":"user",%}]}""",
        """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a"},{%}]}]}""",
        """{"model":"m","messages":[{"role":"assistant",%}],"tools":[{"type":"function","function":{"name":"f",%}}],"tool_choice":"required"}""",
        """{"model":"m","messages":[{"role":"user","content":"call f"}],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{%}}}}""",
        """{"model":"m","prompt":"x",%}""",
        """{"input":"x",%}""",
        "{%}",
    ];

    private static readonly string[] Members =
    [
        "model", "messages", "content", "prompt", "input", "n", "stop", "max_tokens", "temperature", "tools", "tool_choice", "tool_calls", "functions", "function_call",
        "response_format", "stream_options", "logprobs", "logit_bias", "metadata", "type", "role", "name", "parameters", "image_url", "schema", "properties", "items",
        "anyOf", "allOf", "enum", "const", "required", "$ref", "minimum", "multipleOf", "minItems", "prefixItems", "additionalProperties", "best_of", "suffix",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\"x\"", "\"function\"", "\"#\"", "\"text\"", "[]", "[null]", "[1]", "[\"x\"]", "[[]]", "[{}]", "{}",
        """{"type":"x"}""", """{"a":null}""", """{"type":"function"}""", """[{"type":"function","function":{"name":"f"}}]""", """{"include_usage":1}""", "\"\\u0000\"",
    ];

    [Fact]
    public void AnyMember_WithAnyValue_IsAnsweredOrRefused()
    {
        Gen<(string Path, string Body)> requests =
            from path in Gen.Elements("/v1/chat/completions", "/v1/completions", "/v1/moderations")
            from body in Gen.Elements(Bodies)
            from first in Member()
            from second in Member()
            select (path, body.Replace("%", $"{first},{second}"));

        Prop.ForAll(requests.ToArbitrary(), request =>
        {
            using HttpResponseMessage response = PostAsync(request.Path, request.Body).GetAwaiter().GetResult();
            return (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
                .Label($"{(int)response.StatusCode} {request.Path} {request.Body}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static Gen<string> Member() =>
        from member in Gen.Elements(Members)
        from value in Gen.Elements(Values)
        select $"\"{member}\":{value}";
}
