using ChatPS.Tests.OpenApi;

namespace ChatPS.Api.Tests;

public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"model":"m"}""", "$: messages is missing")]
    [InlineData("""{"model":"m","messages":[]}""", "$.messages: 0 is below minItems 1")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"temperature":3}""", "$.temperature: 3 is above maximum 2")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"frequency_penalty":-3}""", "$.frequency_penalty: -3 is below minimum -2")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"n":"2"}""", "$.n: String is not of type integer")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"n":1.5}""", "$.n: Number is not of type integer")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"stop":["a","b","c","d","e"]}""", "$.stop: 5 is above maxItems 4")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"logit_bias":{"1":"x"}}""", "$.logit_bias.1: String is not of type integer")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"audio":{"format":"wav","voice":{"id":"v","x":1}}}""", "$.audio.voice.x: is not allowed")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","content":"a"}]}""", "$.messages[0]: tool_call_id is missing")]
    public void Validate_WhatIsWrong_IsReportedWithItsPath(string json, string expected) =>
        Assert.Contains(expected, OpenApiDescription.Official.Validate("CreateChatCompletionRequest", json));

    [Theory]
    [InlineData("""{"role":"wizard","content":"a"}""")]
    [InlineData("""{"role":"user","content":[{"type":"text"}]}""")]
    [InlineData("""{"role":"user"}""")]
    [InlineData("""{"content":"a"}""")]
    public void Validate_MessageThatFitsNoRole_IsReported(string json) =>
        Assert.NotEmpty(OpenApiDescription.Official.Validate("ChatCompletionRequestMessage", json));

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"temperature":null,"stop":null,"metadata":null}""")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","content":null,"tool_calls":[]}],"vendor":1}""")]
    public void Validate_NullsAndUnknownMembers_AreFine(string json) =>
        Assert.Empty(OpenApiDescription.Official.Validate("CreateChatCompletionRequest", json));

    [Fact]
    public void Validate_OneOfThatFitsTwice_IsReported()
    {
        var description = OpenApiDescription.Parse("""{"components":{"schemas":{"A":{"oneOf":[{"type":"number"},{"type":"integer"}]}}}}""");

        Assert.Equal(["$: fits 2 schemas instead of one"], description.Validate("A", "1"));
        Assert.Empty(description.Validate("A", "1.5"));
    }
}
