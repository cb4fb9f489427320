using ChatPS.Client;
using FsCheck;
using FsCheck.Fluent;
using Json.Schema;

namespace ChatPS.Tests.Typed;

public sealed class SchemaTextTests
{
    private static readonly string[] Words = ["string", "int", "number", "bool", "date", "datetime", "time", "duration", "guid", "uri", "email", "any", "(a|b c|'d|e')", "(1|2|-3)", ""];

    private static readonly Arbitrary<(Model[] Fields, Random Random)> Models = Arb.From(
        from fields in Gen.Sized(size => FieldsOf(Math.Min(size, 8)))
        from random in Instances.Randoms
        select (fields, random));

    public static TheoryData<string> Texts => [.. Sample.Texts];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Parse_AnyText_IsStrictJsonSchemaAndItsInstancesSurvive(string text)
    {
        AnswerSchema schema = AnswerSchema.OfText(text, _ => null, Made);
        JsonSchema checker = TypeSchemaTests.Parse(schema.Schema);

        TypeSchemaTests.AssertStrict(schema.Schema);
        for (int seed = 0; seed < 4; seed++)
        {
            TypeSchemaTests.AssertFits(AssertSurvives(schema, new Random(seed)), checker);
        }
    }

    [Fact]
    public void Parse_RandomFields_InstancesSurvive() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Models, model =>
    {
        AnswerSchema schema = AnswerSchema.OfText(Model.Text(model.Fields), _ => null, Made);

        Assert.Equal(model.Fields.Select(field => field.Name), ((Dictionary<string, object?>)schema.Schema["properties"]!).Keys);
        TypeSchemaTests.AssertStrict(schema.Schema);
        AssertSurvives(schema, model.Random);
    }));

    [Fact]
    public void Parse_AnyCharacters_IsASchemaOrAnErrorThatShowsWhere() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Arb.From(Gen.Elements("a", "b", " ", "int", "(", ")", "|", "{", "}", "[", "]", "?", ",", ":", "'", "\"", "..", "1", "-", "\n", "é", "\U0001F600").ListOf().Select(string.Concat)), text =>
        {
            try
            {
                TypeSchemaTests.AssertStrict(SchemaText.Parse(text));
            }
            catch (ChatServiceException failure)
            {
                Assert.Matches(@"^-OutputSchema, at character \d+: .+", failure.Message);
            }
        }));

    [Fact]
    public void Parse_Example_BecomesItsSchema() => Assert.Equal(
        """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"},"tags":{"type":"array","items":{"type":"string"}},"severity":{"type":"string","enum":["low","medium","high"]},"due":{"type":["string","null"],"format":"date"},"score":{"type":"number","minimum":0,"maximum":10},"address":{"type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}},"required":["street","city"],"additionalProperties":false},"items":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"},"qty":{"type":"integer"}},"required":["sku","qty"],"additionalProperties":false}}},"required":["name","age","tags","severity","due","score","address","items"],"additionalProperties":false}""",
        Schema(Sample.Texts[1]));

    [Theory]
    [InlineData("urgency (1|2|3)", """{"type":"integer","enum":[1,2,3]}""")]
    [InlineData("a (1|x)?", """{"type":["string","null"],"enum":["1","x",null]}""")]
    [InlineData("a (yes | 'it''s |' | no)", """{"type":"string","enum":["yes","it's |","no"]}""")]
    [InlineData("a int?[]", """{"type":"array","items":{"type":["integer","null"]}}""")]
    [InlineData("a int[]?", """{"type":["array","null"],"items":{"type":"integer"}}""")]
    [InlineData("a []", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("a? 'why, oh why'", """{"type":["string","null"],"description":"why, oh why"}""")]
    [InlineData("a INT 1..: how many", """{"type":"integer","minimum":1,"description":"how many"}""")]
    [InlineData("a number -0.5..1.5", """{"type":"number","minimum":-0.5,"maximum":1.5}""")]
    [InlineData("a ..5", """{"type":"string","maxLength":5}""")]
    [InlineData("a string[] 1..5", """{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":5}""")]
    [InlineData("a any", """{"anyOf":[{"type":"string"},{"type":"number"},{"type":"boolean"},{"type":"null"}]}""")]
    public void Parse_OneField_BecomesItsSchema(string text, string expected) =>
        Assert.Equal($$"""{"type":"object","properties":{"a":{{expected}}},"required":["a"],"additionalProperties":false}""".Replace("\"a\"", $"\"{text.Split(' ', '?')[0]}\"", StringComparison.Ordinal), Schema(text));

    [Theory]
    [InlineData("name, age strin", 11, "'strin' is not a type")]
    [InlineData("name,, age", 6, "',' stands where the name of a field is expected")]
    [InlineData("name age", 6, "'age' is not a type")]
    [InlineData("a, b { c", 6, "this { has no }")]
    [InlineData("a (x|y", 3, "this ( has no )")]
    [InlineData("a (x||y)", 6, "a value is expected")]
    [InlineData("a (x|x)", 6, "the value 'x' stands there twice")]
    [InlineData("a, A int", 4, "the name 'A' stands there twice")]
    [InlineData("a int 5..1", 7, "the range is empty")]
    [InlineData("a int 5", 7, "a range is expected")]
    [InlineData("a bool 0..1", 8, "only numbers, strings and lists take a range")]
    [InlineData("a int 0.5..1", 7, "the range of an int takes whole numbers")]
    [InlineData("a string[3]", 9, "[] is expected")]
    [InlineData("a 'text", 3, "this quote is not closed")]
    [InlineData("a object", 9, "the fields of the object are expected")]
    [InlineData("a }", 3, "'}' stands where a comma or the end is expected")]
    [InlineData("a,", 3, "")]
    public void Parse_Mistake_ShowsWhere(string text, int character, string problem)
    {
        if (problem.Length == 0)
        {
            Assert.NotEmpty(SchemaText.Parse(text));
            return;
        }

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => SchemaText.Parse(text));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        string[] lines = failure.Message.Split(Environment.NewLine);
        Assert.StartsWith($"-OutputSchema, at character {character}: {problem}", lines[0], StringComparison.Ordinal);
        Assert.Equal([text, new string(' ', character - 1) + "^"], lines[1..]);
    }

    [Fact]
    public void Parse_MistakeInASecondLine_ShowsThatLine() => Assert.EndsWith(
        string.Join(Environment.NewLine, "", "b nonsense", "  ^"),
        Assert.Throws<ChatServiceException>(() => SchemaText.Parse("a int\nb nonsense\nc")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void OfText_Path_ReadsTheFile()
    {
        string? Read(string path) => path == "./people.json" ? """{"type":"object","properties":{"n":{"type":"integer"}}}""" : null;

        Assert.Equal("""{"type":"object","properties":{"n":{"type":"integer"}}}""", PlainJson.Write(AnswerSchema.OfText("./people.json", Read, Made).Schema, "test"));
        Assert.Equal(["score"], ((Dictionary<string, object?>)AnswerSchema.OfText("score number 0..1", Read, Made).Schema["properties"]!).Keys);
        Assert.Contains("there is no file 'none.json'", Assert.Throws<ChatServiceException>(() => AnswerSchema.OfText("none.json", Read, Made)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"type":}""")]
    [InlineData("""{"type":"object"} x""")]
    public void OfText_NoSchema_IsTheUsersError(string text) =>
        Assert.Equal(ErrorIds.InvalidRequest, Assert.Throws<ChatServiceException>(() => AnswerSchema.OfText(text, _ => null, Made)).ErrorId);

    [Fact]
    public void OfText_JsonSchemaOfAList_StandsInAnObjectAndStillRefers()
    {
        AnswerSchema schema = AnswerSchema.OfText(
            """{"type":"array","items":{"type":"object","properties":{"id":{"$ref":"#/$defs/id"},"more":{"$ref":"#"},"same":{"$ref":"#/items/properties/id"}}},"$defs":{"id":{"type":"string","format":"uuid"}}}""", _ => null, Made);

        Assert.True(schema.IsList);
        Assert.Equal(
            """{"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"id":{"$ref":"#/$defs/id"},"more":{"$ref":"#/properties/items"},"same":{"$ref":"#/properties/items/items/properties/id"}}}}},"required":["items"],"additionalProperties":false,"$defs":{"id":{"type":"string","format":"uuid"}}}""",
            PlainJson.Write(schema.Schema, "test"));
        Assert.True(PlainJsonReader.TryRead("""{"items":[{"more":[],"same":"123e4567-e89b-12d3-a456-426614174000"}]}""", out object? answer, out _));
        var item = Assert.IsType<Dictionary<string, object?>>(Assert.Single(Assert.IsType<object?[]>(schema.Convert(answer))));
        Assert.Equal(["id", "more", "same"], item.Keys);
        Assert.IsType<Guid>(item["same"]);
    }

    [Fact]
    public void Convert_FormatsAndAlternatives_HaveTheirTypes()
    {
        AnswerSchema schema = AnswerSchema.OfText(
            """{"type":"object","properties":{"when":{"anyOf":[{"type":"null"},{"type":"string","format":"date-time"}]},"shape":{"oneOf":[{"type":"object","properties":{"kind":{"const":"c"},"r":{"type":"integer"}},"required":["kind"]},{"type":"object","properties":{"kind":{"const":"d"},"on":{"type":"string","format":"date"}},"required":["kind"]}]}}}""", _ => null, Made);
        Assert.True(PlainJsonReader.TryRead("""{"shape":{"on":"2024-02-29","kind":"d"},"extra":1.5,"when":"2024-02-29T12:00:00+02:00"}""", out object? answer, out _));

        var made = Assert.IsType<Dictionary<string, object?>>(schema.Convert(answer));

        Assert.Equal(["when", "shape", "extra"], made.Keys);
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(2)), made["when"]);
        Assert.Equal([new("kind", "d"), new("on", new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Unspecified))], Assert.IsType<Dictionary<string, object?>>(made["shape"]));
    }

    private static string AssertSurvives(AnswerSchema schema, Random random)
    {
        string json = PlainJson.Write(new Instances(schema.Schema, random).Make(), "test");
        Assert.Empty(new SchemaValidator(schema.Schema, "test").Validate(json));
        Assert.True(PlainJsonReader.TryRead(json, out object? value, out _));
        object? plain = Plain(schema.Convert(value));
        Assert.Equal(json, PlainJson.Write(schema.IsList ? new Dictionary<string, object?> { ["items"] = plain } : plain, "test"));
        return json;
    }

    private static object? Plain(object? value) => value switch
    {
        Dictionary<string, object?> members => members.ToDictionary(member => member.Key, member => Plain(member.Value)),
        object?[] items => items.Select(Plain).ToList(),
        _ => Instances.Scalar(value),
    };

    private static object Made(IReadOnlyList<KeyValuePair<string, object?>> members) => members.ToDictionary(member => member.Key, member => member.Value);

    private static string Schema(string text) => PlainJson.Write(SchemaText.Parse(text), "test");

    private static Gen<Model[]> FieldsOf(int size) =>
        from count in Gen.Choose(1, 4)
        from fields in FieldOf(size / 2).ListOf(count)
        select fields.Select((field, index) => field with { Name = field.Name + index }).ToArray();

    private static Gen<Model> FieldOf(int size) =>
        from name in Gen.Elements("a", "b_", "Größe", "x-y", "int")
        from word in Gen.Elements(Words)
        from nested in size > 0 ? Gen.OneOf(Gen.Constant<Model[]?>(null), FieldsOf(size).Select(fields => (Model[]?)fields)) : Gen.Constant<Model[]?>(null)
        from suffix in Gen.Elements("", "?", "[]", "?[]", "[]?", "[][]", "[] 1..2")
        from description in Gen.Elements("", " 'say; \"so\", {x}'", ": plain words", " : \"a, b\"")
        select new Model(name, word, nested, suffix, description);

    public sealed record Model(string Name, string Word, Model[]? Nested, string Suffix, string Description)
    {
        public static string Text(IEnumerable<Model> fields) => string.Join(", ", fields.Select(field =>
            $"{field.Name} {(field.Nested is null ? field.Word : $"{{ {Text(field.Nested)} }}")}{field.Suffix}{field.Description}"));
    }
}
