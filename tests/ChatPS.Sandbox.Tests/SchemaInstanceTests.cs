using System.Text.Json;
using ChatPS.Sandbox.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Sandbox.Tests;

public sealed class SchemaInstanceTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"text\"")]
    [InlineData("""{"type":"string","minLength":6}""", "\"textxx\"")]
    [InlineData("""{"type":"string","maxLength":2}""", "\"te\"")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2024-01-01\"")]
    [InlineData("""{"type":"integer","exclusiveMinimum":3,"multipleOf":5}""", "5")]
    [InlineData("""{"type":"integer","minimum":-9,"maximum":-4}""", "-4")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}""", "0.5")]
    [InlineData("""{"type":"number","minimum":0.25,"multipleOf":0.1}""", "0.3")]
    [InlineData("""{"type":"boolean"}""", "false")]
    [InlineData("""{"type":"null"}""", "null")]
    [InlineData("""{"type":["null","string"]}""", "\"text\"")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1]}""")]
    [InlineData("""{"type":"string","enum":[1,"b","c"]}""", "\"b\"")]
    [InlineData("""{"enum":[null]}""", "null")]
    [InlineData("{}", "\"text\"")]
    [InlineData("true", "\"text\"")]
    [InlineData("false", "null")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":2}""", "[0,0]")]
    [InlineData("""{"type":"array","prefixItems":[{"const":1},{"const":"b"}],"items":{"type":"null"},"minItems":3}""", """[1,"b",null]""")]
    [InlineData("""{"properties":{"a":{"type":"boolean"}},"required":["b"],"additionalProperties":{"type":"integer"}}""", """{"a":false,"b":0}""")]
    [InlineData("""{"anyOf":[false,{"type":"integer"},{"type":"string"}]}""", "0")]
    [InlineData("""{"type":"string","oneOf":[{"type":"integer"},{"minLength":5}]}""", "\"textx\"")]
    [InlineData("""{"allOf":[{"properties":{"a":{"minimum":2}}},{"properties":{"a":{"type":"integer","minimum":3}},"required":["a"]}]}""", """{"a":3}""")]
    [InlineData("""{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"const":7}}}""", "7")]
    [InlineData("""{"type":"object","properties":{"left":{"$ref":"#/$defs/p"},"right":{"$ref":"#/$defs/p"}},"$defs":{"p":{"const":1}}}""", """{"left":1,"right":1}""")]
    [InlineData("""{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"value":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"required":["value","next"]}}}""", """{"value":0,"next":null}""")]
    [InlineData("""{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#"}},"parent":{"$ref":"#"}},"required":["name","children"]}""", """{"name":"text","children":[],"parent":{"name":"text","children":[]}}""")]
    public void Create_Schema_GivesTheExpectedInstance(string schema, string expected)
    {
        Assert.Equal(expected, Create(schema));
    }

    [Theory]
    [InlineData("""{"$ref":"#/nowhere"}""")]
    [InlineData("""{"type":"object","properties":{"self":{"$ref":"#"}},"required":["self"]}""")]
    [InlineData("""{"type":"integer","minimum":2,"maximum":1}""")]
    [InlineData("""{"type":"string","enum":[1]}""")]
    [InlineData("""{"allOf":[{"type":"string"},{"type":"integer"}]}""")]
    public void Create_SchemaWithoutInstance_GivesNull(string schema)
    {
        Assert.Equal("null", Create(schema));
    }

    [Fact]
    public void Create_SchemaThatExplodes_StaysBounded()
    {
        string definitions = string.Join(",", Enumerable.Range(0, 40).Select(i =>
            $$"""
            "d{{i}}": { "properties": { "a": { "$ref": "#/$defs/d{{i + 1}}" }, "b": { "$ref": "#/$defs/d{{i + 1}}" } } }
            """));

        string instance = Create($$"""{ "$ref": "#/$defs/d0", "$defs": { {{definitions}}, "d40": { "type": "string" } } }""");

        Assert.True(instance.Length < 1_000_000);
    }

    [Fact]
    public void Create_AnySchema_GivesAValidInstance()
    {
        Prop.ForAll(Schemas(3).ToArbitrary(), schema =>
        {
            string json = PlainJson.ToText(schema);
            using JsonDocument document = JsonDocument.Parse(json);
            using JsonDocument instance = JsonDocument.Parse(Create(json));
            return IsValid(document.RootElement, instance.RootElement).Label($"{json} gave {instance.RootElement}");
        }).QuickCheckThrowOnFailure();
    }

    private static string Create(string schema)
    {
        using JsonDocument document = JsonDocument.Parse(schema);
        return PlainJson.ToText(SchemaInstance.Create(document.RootElement));
    }

    private static Gen<Dictionary<string, object?>> Schemas(int depth)
    {
        List<Gen<Dictionary<string, object?>>> kinds =
        [
            from minimum in Gen.Choose(0, 8)
            from extra in Gen.Choose(0, 4)
            select Schema(("type", "string"), ("minLength", minimum), ("maxLength", minimum + extra)),
            from minimum in Gen.Choose(-20, 20)
            from extra in Gen.Choose(0, 10)
            from isExclusive in Gen.Elements(true, false)
            select Schema(("type", "integer"), (isExclusive ? "exclusiveMinimum" : "minimum", minimum), ("maximum", minimum + extra + 1)),
            from minimum in Gen.Choose(-50, 50)
            from step in Gen.Elements(0.5m, 3m, 0.1m)
            select Schema(("type", "number"), ("minimum", minimum / 4m), ("multipleOf", step)),
            from values in Gen.Elements<object?>("a", 1, null, true).NonEmptyListOf()
            select Schema(("enum", values)),
            Gen.Constant(Schema(("type", "boolean"))),
            Gen.Constant(Schema(("type", new[] { "null", "integer" }))),
        ];
        if (depth > 0)
        {
            Gen<Dictionary<string, object?>> inner = Schemas(depth - 1);
            kinds.Add(
                from members in inner.ListOf()
                from isRequired in Gen.Elements(true, false)
                select Schema(
                    ("type", "object"),
                    ("properties", members.Select((member, index) => (Name: $"p{index}", member)).ToDictionary(pair => pair.Name, pair => (object?)pair.member)),
                    ("required", isRequired ? members.Select((_, index) => $"p{index}").ToList() : new List<string>())));
            kinds.Add(
                from items in inner
                from minimum in Gen.Choose(0, 3)
                select Schema(("type", "array"), ("items", items), ("minItems", minimum)));
            kinds.Add(
                from alternatives in inner.NonEmptyListOf()
                from keyword in Gen.Elements("anyOf", "allOf")
                select keyword == "anyOf" ? Schema(("anyOf", alternatives)) : Schema(("allOf", alternatives.Take(1))));
        }

        return Gen.OneOf(kinds);
    }

    private static Dictionary<string, object?> Schema(params (string Name, object? Value)[] keywords) =>
        keywords.ToDictionary(keyword => keyword.Name, keyword => keyword.Value);

    private static bool IsValid(JsonElement schema, JsonElement value) => schema.EnumerateObject().All(keyword => keyword.Name switch
    {
        "type" => keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().Any(type => IsOfType(type.GetString()!, value)) : IsOfType(keyword.Value.GetString()!, value),
        "enum" => keyword.Value.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)),
        "minLength" => value.GetString()!.Length >= keyword.Value.GetInt32(),
        "maxLength" => value.GetString()!.Length <= keyword.Value.GetInt32(),
        "minimum" => value.GetDecimal() >= keyword.Value.GetDecimal(),
        "exclusiveMinimum" => value.GetDecimal() > keyword.Value.GetDecimal(),
        "maximum" => value.GetDecimal() <= keyword.Value.GetDecimal(),
        "multipleOf" => value.GetDecimal() % keyword.Value.GetDecimal() == 0,
        "properties" => value.EnumerateObject().All(member => IsValid(keyword.Value.GetProperty(member.Name), member.Value)),
        "required" => keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "items" => value.EnumerateArray().All(item => IsValid(keyword.Value, item)),
        "minItems" => value.GetArrayLength() >= keyword.Value.GetInt32(),
        "anyOf" => keyword.Value.EnumerateArray().Any(alternative => IsValid(alternative, value)),
        "allOf" => keyword.Value.EnumerateArray().All(part => IsValid(part, value)),
        _ => throw new InvalidOperationException(keyword.Name),
    });

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() % 1 == 0,
        _ => value.ValueKind == JsonValueKind.Number,
    };
}
