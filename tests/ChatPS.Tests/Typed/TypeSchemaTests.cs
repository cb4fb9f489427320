using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatPS.Client;
using FsCheck;
using FsCheck.Fluent;
using Json.Schema;

namespace ChatPS.Tests.Typed;

public sealed class TypeSchemaTests
{
    private static readonly Type[] Leaves =
    [
        typeof(string), typeof(int), typeof(byte), typeof(long), typeof(double), typeof(decimal), typeof(bool), typeof(char), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(Guid), typeof(Uri), typeof(Version),
        typeof(DayOfWeek), typeof(Access), typeof(Level), typeof(Person), typeof(Node), typeof(Tree), typeof(Chicken), typeof(Point), typeof(Bounded), typeof(Order), typeof(object),
    ];

    private static readonly Arbitrary<(Type, Random)> RandomTypes = Arb.From(
        from type in Gen.Sized(size => TypeOf(Math.Min(size, 8)))
        from random in Instances.Randoms
        select (type, random));

    private static readonly EvaluationOptions Strictly = Strict();

    public static TheoryData<Type> Types => [.. Sample.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void OfType_AnyType_IsStrictJsonSchemaAndItsInstancesSurvive(Type type)
    {
        AnswerSchema schema = AnswerSchema.OfType(type);
        JsonSchema checker = Parse(schema.Schema);

        AssertStrict(schema.Schema);
        AssertStrict(StrictSchema.Of(schema.Schema));
        for (int seed = 0; seed < 4; seed++)
        {
            AssertFits(AssertSurvives(type, new Random(seed)), checker);
        }
    }

    [Fact]
    public void OfType_RandomTypes_InstancesSurvive() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(RandomTypes, pair =>
    {
        AssertStrict(AnswerSchema.OfType(pair.Item1).Schema);
        AssertSurvives(pair.Item1, pair.Item2);
    }));

    [Fact]
    public void OfType_Class_HasWhatIsPublicAndSettable() => Assert.Equal(
        """{"type":"object","properties":{"Name":{"type":"string"},"Age":{"type":"integer","minimum":-2147483648,"maximum":2147483647,"description":"In full years, see Name."},"Nickname":{"type":["string","null"]}},"required":["Name","Age","Nickname"],"additionalProperties":false,"description":"Somebody."}""",
        Json(typeof(Person)));

    [Fact]
    public void OfType_Record_TakesItsParametersAndTheirDocumentation() => Assert.Equal(
        """{"type":"object","properties":{"Street":{"type":"string","description":"The street and the number."},"City":{"type":"string","description":"The town."},"Country":{"type":["string","null"],"description":"Null at home."}},"required":["Street","City","Country"],"additionalProperties":false,"description":"A place."}""",
        Json(typeof(Address)));

    [Fact]
    public void OfType_AttributesOfPowerShell_BecomeKeywords() => Assert.Equal(
        """{"type":"object","properties":{"Severity":{"type":"string","enum":["low","high"]},"Urgency":{"type":"integer","minimum":-2147483648,"maximum":2147483647,"enum":[1,2]},"Letters":{"type":"array","items":{"type":"string","enum":["a","b"]},"minItems":1,"maxItems":3},"Score":{"type":"integer","minimum":1,"maximum":10},"Code":{"type":"string","minLength":2,"maxLength":4},"Ticket":{"type":"string","pattern":"^[A-Z]{2}-[0-9]+$"},"Foreign":{"type":"string","description":"Matches the .NET regular expression \\A(?<x>a)"},"Given":{"type":"string","minLength":1}},"required":["Severity","Urgency","Letters","Score","Code","Ticket","Foreign","Given"],"additionalProperties":false}""",
        Json(typeof(Bounded)));

    [Fact]
    public void OfType_AttributesOfDotNet_BecomeKeywords() => Assert.Equal(
        """{"type":"object","properties":{"Factor":{"type":"number","minimum":0.5,"maximum":1.5,"description":"From half to one and a half."},"Positive":{"type":"number","minimum":0},"Text":{"type":"string","minLength":2,"maxLength":5},"Few":{"type":"array","items":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"minItems":1,"maxItems":2},"Abc":{"type":"string","pattern":"^(?:[a-c]+)$"},"Mail":{"type":"string","format":"email"},"Day":{"type":"string","enum":["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"]},"Odd":{"type":"integer","minimum":-2147483648,"maximum":2147483647,"enum":[1,3]},"Stars":{"type":["integer","null"],"minimum":1,"maximum":5},"Days":{"type":"array","items":{"type":["string","null"],"enum":["Monday",null]}}},"required":["Factor","Positive","Text","Few","Abc","Mail","Day","Odd","Stars","Days"],"additionalProperties":false}""",
        Json(typeof(Annotated)));

    [Fact]
    public void OfType_NamesAndIgnored_AreFollowed() => Assert.Equal(
        """{"type":"object","properties":{"first-name":{"type":"string"},"n":{"type":"integer","minimum":-2147483648,"maximum":2147483647}},"required":["first-name","n"],"additionalProperties":false}""",
        Json(typeof(Renamed)));

    [Fact]
    public void OfType_RequiredAndNullable_DecideAboutNull() => Assert.Equal(
        """{"type":"object","properties":{"Needed":{"type":"string","minLength":1},"Free":{"type":["string","null"]},"Level":{"type":["string","null"],"enum":["very low","High",null]},"Access":{"type":["array","null"],"items":{"type":"string","enum":["None","Read","Write","Run"]},"uniqueItems":true},"Numbers":{"type":["array","null"],"items":{"type":"integer","minimum":-2147483648,"maximum":2147483647}}},"required":["Needed","Free","Level","Access","Numbers"],"additionalProperties":false}""",
        Json(typeof(Required)));

    [Fact]
    public void OfType_TypeThatHoldsItself_RefersAndMayEnd()
    {
        Assert.Equal(
            """{"type":"object","properties":{"Value":{"type":"string"},"Next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["Value","Next"],"additionalProperties":false}""",
            Json(typeof(Node)));
        Assert.Equal(
            """{"type":"object","properties":{"items":{"type":"array","items":{"$ref":"#/$defs/Chicken"}}},"required":["items"],"additionalProperties":false,"$defs":{"Chicken":{"type":"object","properties":{"Name":{"type":"string"},"Egg":{"type":"object","properties":{"Hatched":{"anyOf":[{"$ref":"#/$defs/Chicken"},{"type":"null"}]}},"required":["Hatched"],"additionalProperties":false}},"required":["Name","Egg"],"additionalProperties":false}}}""",
            Json(typeof(Chicken[])));
    }

    [Fact]
    public void OfType_TypeUsedTwice_IsDefinedOnce() => Assert.Equal(
        """{"type":"object","properties":{"From":{"anyOf":[{"$ref":"#/$defs/Point"}],"description":"Where it starts."},"To":{"anyOf":[{"$ref":"#/$defs/Point"},{"type":"null"}]}},"required":["From","To"],"additionalProperties":false,"$defs":{"Point":{"type":"object","properties":{"X":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"Y":{"type":"integer","minimum":-2147483648,"maximum":2147483647}},"required":["X","Y"],"additionalProperties":false}}}""",
        Json(typeof(Twice)));

    [Theory]
    [InlineData(typeof(string), "value", false)]
    [InlineData(typeof(int?), "value", false)]
    [InlineData(typeof(Hashtable), "value", false)]
    [InlineData(typeof(Person[]), "items", true)]
    public void OfType_NoObject_StandsInOne(Type type, string property, bool isList)
    {
        AnswerSchema schema = AnswerSchema.OfType(type);

        Assert.Equal([property], ((Dictionary<string, object?>)schema.Schema["properties"]!).Keys);
        Assert.Equal(isList, schema.IsList);
    }

    [Theory]
    [InlineData(typeof(Person), "Person")]
    [InlineData(typeof(Person[]), "Person_list")]
    [InlineData(typeof(Dictionary<string, int?>), "Dictionary_String_Nullable_Int32")]
    public void Name_AnyType_IsOneThatServicesTake(Type type, string name) => Assert.Equal(name, AnswerSchema.OfType(type).Name);

    [Theory]
    [InlineData(typeof(IDisposable), "[IDisposable] is of type IDisposable, which is abstract")]
    [InlineData(typeof(Stream), "[Stream] is of type Stream, which is no data")]
    [InlineData(typeof(Box<>), "[Box`1] is of type Box<T>, which is generic with its parts left open")]
    [InlineData(typeof(Box<Action>), ".Value is of type Action, which is code")]
    [InlineData(typeof(Box<List<Box<Array>>>), ".Value[].Value is of type Array, which is abstract")]
    [InlineData(typeof(Box<int[,]>), "which is an array of several dimensions")]
    [InlineData(typeof(Box<IntPtr>), "which is an address in memory")]
    [InlineData(typeof(Box<System.Security.SecureString>), "which holds a secret")]
    [InlineData(typeof(Box<FileInfo>), "has no public constructor that takes nothing")]
    [InlineData(typeof((int, int)), "has no public property that can be set")]
    [InlineData(typeof(Dictionary<Person, int>), "has keys of type Person")]
    public void OfType_WhatCannotBe_NamesThePlaceAndTheType(Type type, string problem)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => AnswerSchema.OfType(type));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfType_SecondTime_CostsNextToNothing()
    {
        AnswerSchema first = AnswerSchema.OfType(typeof(Order));
        long start = Stopwatch.GetTimestamp();
        for (int count = 0; count < 10_000; count++)
        {
            Assert.Same(first, AnswerSchema.OfType(typeof(Order)));
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void OfType_TypeOfACollectibleAssembly_IsForgottenWithIt()
    {
        WeakReference type = UseCollectible();
        for (int round = 0; round < 20 && type.IsAlive; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(type.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseCollectible()
    {
        var module = System.Reflection.Emit.AssemblyBuilder.DefineDynamicAssembly(new("Collected"), System.Reflection.Emit.AssemblyBuilderAccess.RunAndCollect).DefineDynamicModule("m");
        var builder = module.DefineType("Fresh", System.Reflection.TypeAttributes.Public, typeof(Person));
        Type type = builder.CreateType();
        Assert.IsAssignableFrom<Person>(AnswerSchema.OfType(type).Convert(new Dictionary<string, object?> { ["Name"] = "x" }));
        return new WeakReference(type);
    }

    private static Gen<Type> TypeOf(int size)
    {
        Gen<Type> leaf = Gen.Elements(Leaves);
        return size <= 0 ? leaf : Gen.OneOf(
            leaf,
            TypeOf(size / 2).Select(type => type.MakeArrayType()),
            TypeOf(size / 2).Select(type => typeof(List<>).MakeGenericType(type)),
            TypeOf(size / 2).Select(type => typeof(Dictionary<,>).MakeGenericType(typeof(string), type)),
            TypeOf(size / 2).Select(type => typeof(Box<>).MakeGenericType(type)),
            Gen.Elements(Leaves.Where(type => type.IsValueType).ToArray()).Select(type => typeof(Nullable<>).MakeGenericType(type)),
            from one in TypeOf(size / 2)
            from other in TypeOf(size / 2)
            select typeof(Tuple<,>).MakeGenericType(one, other));
    }

    // From type to schema to an answer to an object, and back to the same JSON.
    private static string AssertSurvives(Type type, Random random)
    {
        AnswerSchema schema = AnswerSchema.OfType(type);
        string json = PlainJson.Write(new Instances(schema.Schema, random).Make(), "test");
        Assert.Empty(new SchemaValidator(schema.Schema, "test").Validate(json));
        Assert.True(PlainJsonReader.TryRead(json, out object? value, out _));
        object? plain = Instances.Plain(schema.Convert(value), type);
        string? wrapper = schema.IsList ? "items" : TypeContract.Of(Nullable.GetUnderlyingType(type) ?? type, "").Form == TypeForm.Object && Nullable.GetUnderlyingType(type) is null ? null : "value";
        Assert.Equal(json, PlainJson.Write(wrapper is null ? plain : new Dictionary<string, object?> { [wrapper] = plain }, "test"));
        return json;
    }

    internal static JsonSchema Parse(IReadOnlyDictionary<string, object?> schema)
    {
        string text = PlainJson.Write(schema, "test");
        AssertFits(text, MetaSchemas.Draft202012);
        return JsonSchema.FromText(text, new BuildOptions { Dialect = global::Json.Schema.Dialect.Draft202012 });
    }

    internal static void AssertFits(string json, JsonSchema schema)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        EvaluationResults results = schema.Evaluate(document.RootElement, Strictly);
        Assert.True(results.IsValid, JsonSerializer.Serialize(results));
    }

    internal static void AssertStrict(object? part)
    {
        switch (part)
        {
            case IReadOnlyDictionary<string, object?> schema:
                if (schema.TryGetValue("properties", out object? properties) && schema.TryGetValue("type", out object? type) && type is string or List<object?>)
                {
                    Assert.Equal(false, schema["additionalProperties"]);
                    Assert.Equal(((IReadOnlyDictionary<string, object?>)properties!).Keys, ((IEnumerable<object?>)schema["required"]!).Cast<string>());
                }

                Assert.True(!schema.ContainsKey("$ref") || schema.Count == 1, "A reference stands alone.");
                Assert.All(schema.Values, AssertStrict);
                break;
            case IEnumerable<object?> parts:
                Assert.All(parts, AssertStrict);
                break;
        }
    }

    private static EvaluationOptions Strict()
    {
        EvaluationOptions options = new() { OutputFormat = global::Json.Schema.OutputFormat.List, RequireFormatValidation = true };

        // RFC 3339 wants an offset, which a time of day has not.
        options.FormatRegistry.Register(new PredicateFormat("time", value =>
            value.ValueKind != JsonValueKind.String || TimeOnly.TryParseExact(value.GetString(), "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)));
        return options;
    }

    private static string Json(Type type) => PlainJson.Write(AnswerSchema.OfType(type).Schema, "test");
}
