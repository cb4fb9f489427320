using System.Text.Json;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Schemas;

namespace ChatPS.Client.Tests.Schemas;

public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "7", null)]
    [InlineData("""{"type":"integer"}""", "7.0", null)]
    [InlineData("""{"type":"integer"}""", "1e2", null)]
    [InlineData("""{"type":"integer"}""", "7.5", "(root): 7.5 is not an integer")]
    [InlineData("""{"type":"integer"}""", "\"abc\"", "(root): \"abc\" is not an integer")]
    [InlineData("""{"type":["string","null"]}""", "null", null)]
    [InlineData("""{"type":["string","null"]}""", "1", "(root): 1 is not a string or null")]
    [InlineData("""{"type":"string","nullable":true}""", "null", null)]
    [InlineData("""{"type":"boolean"}""", "0", "(root): 0 is not a boolean")]
    [InlineData("""{"enum":["low",1,null]}""", "1.0", null)]
    [InlineData("""{"enum":["low","high"]}""", "\"Low\"", "(root): \"Low\" is not one of \"low\", \"high\"")]
    [InlineData("""{"const":{"a":[1,2],"b":null}}""", """{"b":null,"a":[1.0,2]}""", null)]
    [InlineData("""{"const":1}""", "2", "(root): 2 must be 1")]
    [InlineData("""{"minimum":1,"maximum":3}""", "4", "(root): 4 must be at most 3")]
    [InlineData("""{"exclusiveMinimum":1}""", "1", "(root): 1 must be above 1")]
    [InlineData("""{"exclusiveMaximum":1}""", "1e400", "(root): 1e400 must be below 1")]
    [InlineData("""{"multipleOf":0.01}""", "0.07", null)]
    [InlineData("""{"multipleOf":5}""", "7", "(root): 7 is not a multiple of 5")]
    [InlineData("""{"maxLength":1}""", "\"😀\"", null)]
    [InlineData("""{"minLength":2}""", "\"😀\"", "(root): has 1 characters; at least 2 are needed")]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"a1\"", "(root): \"a1\" does not match the regular expression ^[a-z]+$")]
    [InlineData("""{"pattern":"^\\d$"}""", "\"٣\"", "(root): \"٣\" does not match the regular expression ^\\d$")]
    [InlineData("""{"pattern":"("}""", "\"x\"", null)]
    [InlineData("""{"items":{"type":"string"}}""", """["a",1]""", "/1: 1 is not a string")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":false}""", """["a",1]""", "/1: nothing may stand here")]
    [InlineData("""{"minItems":1}""", "[]", "(root): has 0 items; at least 1 are needed")]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2,"a":1.0}]""", "/1: {\"b\":2,\"a\":1.0} stands in the array twice; each item may stand there once")]
    [InlineData("""{"maxProperties":1}""", """{"a":1,"b":2}""", "(root): has 2 properties; at most 1 are allowed")]
    [InlineData("""{"required":["age"]}""", "{}", "(root): 'age' is missing")]
    [InlineData("""{"properties":{"a/b":{"type":"string"}}}""", """{"a/b":1}""", "/a~1b: 1 is not a string")]
    [InlineData("""{"additionalProperties":false}""", """{"x":1}""", "/x: is not a property of this object; leave it out")]
    [InlineData("""{"additionalProperties":{"type":"string"}}""", """{"x":1}""", "/x: 1 is not a string")]
    [InlineData("""{"allOf":[{"type":"string"},{"maxLength":1}]}""", "\"ab\"", "(root): has 2 characters; at most 1 are allowed")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", "(root): 1 is not a string or null")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "1", "(root): 1 fits 2 of the alternatives; it must fit exactly one")]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", "(root): \"a\" is what the schema excludes with 'not'")]
    [InlineData("""{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"type":"string"}}}""", "1", "(root): 1 is not a string")]
    [InlineData("""{"properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["next"]}""", """{"next":{"next":{}}}""", "/next/next: 'next' is missing")]
    [InlineData("true", "1", null)]
    [InlineData("false", "1", "(root): nothing may stand here")]
    [InlineData("""{"unknown":1,"if":{"type":"string"}}""", "1", null)]
    public void Validate_OneKeyword_SaysWhatIsWrongAndWhere(string schema, string json, string? error) =>
        Assert.Equal(error is null ? [] : [error], Validator(schema).Validate(json));

    [Theory]
    [InlineData("date-time", "2026-03-01T14:30:00Z", "2026-03-01T25:30:00Z")]
    [InlineData("date-time", "2026-03-01T14:30:00.123+02:00", "2026-02-30T14:30:00Z")]
    [InlineData("date-time", "2026-03-01T14:30:00", "yesterday")]
    [InlineData("date", "2024-02-29", "2023-02-29")]
    [InlineData("time", "14:30:00", "24:00:00")]
    [InlineData("time", "14:30:00.5Z", "2 pm")]
    [InlineData("duration", "P1DT2H30M", "1.02:30:00")]
    [InlineData("duration", "PT0.5S", "P")]
    [InlineData("duration", "P2W", "PT")]
    [InlineData("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567")]
    [InlineData("uri", "https://example.com/a?b=c", "example.com")]
    [InlineData("email", "a@example.com", "a.example.com")]
    public void Validate_Format_TellsGoodFromBad(string format, string good, string bad)
    {
        SchemaValidator validator = Validator($$"""{"format":"{{format}}"}""");

        Assert.Empty(validator.Validate(Quote(good)));
        Assert.StartsWith($"(root): \"{bad}\" is not a {format} such as ", Assert.Single(validator.Validate(Quote(bad))), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_AlternativesOfObjects_TellsTheErrorsOfTheNearest()
    {
        SchemaValidator validator = Validator("""
            {"anyOf":[
              {"type":"null"},
              {"type":"object","properties":{"kind":{"const":"a"},"n":{"type":"integer"}},"required":["kind","n"]},
              {"type":"object","properties":{"kind":{"const":"b"},"s":{"type":"string"}},"required":["kind","s"]}]}
            """);

        Assert.Equal(["/n: \"1\" is not an integer"], validator.Validate("""{"kind":"a","n":"1"}"""));
    }

    [Fact]
    public void Validate_ManyErrors_TellsTheFirstTwenty() =>
        Assert.Equal(20, Validator("""{"items":{"type":"string"}}""").Validate("[" + string.Join(",", Enumerable.Range(0, 100)) + "]").Count);

    [Fact]
    public void Validate_NoJson_SaysWhere() =>
        Assert.StartsWith("(root): not JSON: line 2, byte 3: ", Assert.Single(Validator("{}").Validate("{\n  x}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"$ref":"#/$defs/none"}""")]
    [InlineData("""{"$ref":"https://example.com/schema"}""")]
    public void Validate_ReferenceThatLeadsNowhere_IsTheUsersError(string schema) =>
        Assert.Equal(ErrorIds.InvalidRequest, Assert.Throws<ChatServiceException>(() => Validator(schema).Validate("1")).ErrorId);

    [Fact]
    public void Validate_PatternThatNeverEnds_DecidesNothing() =>
        Assert.Empty(Validator("""{"pattern":"^(a+)+$"}""").Validate(Quote(new string('a', 40) + "!")));

    [Fact]
    public void StrictSchema_WhatServicesRefuse_IsToldInWords()
    {
        Assert.True(PlainJsonReader.TryRead(
            """{"type":"object","properties":{"minLength":{"type":"string","minLength":2,"format":"uri","description":"An address."},"t":{"type":"array","items":{"type":"string","format":"date"},"uniqueItems":true,"minItems":1}}}""",
            out object? schema,
            out _));

        Assert.Equal(
            """{"type":"object","properties":{"minLength":{"type":"string","description":"An address. (at least 2 characters; format: uri)"},"t":{"type":"array","items":{"type":"string","format":"date"},"minItems":1,"description":"each item once"}}}""",
            PlainJson.Write(StrictSchema.Of((Dictionary<string, object?>)schema!), "test"));
    }

    private static SchemaValidator Validator(string schema) => new(JsonDocument.Parse(schema).RootElement);

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
