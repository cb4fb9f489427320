using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Client.Dialects.OpenAI;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Dialects.OpenAI;

/// <summary>The calls of a stream, in the ways in which services are known to cut them up.</summary>
public sealed class ToolCallsInPiecesTests
{
    public static TheoryData<string, string[], string[]> Forms => new()
    {
        { "a new id with each piece", [Piece(0, "a", "f"), Piece(0, "b", null, "{\"x\":"), Piece(0, "c", null, "1}")], ["a f({\"x\":1})"] },
        { "a new id and the name with each piece", [Piece(0, "a", "f", "{\"x\":"), Piece(0, "b", "f", "1}")], ["a f({\"x\":1})"] },
        { "the name with each piece", [Piece(0, "a", "f", ""), Piece(0, "a", "f", "{\"x\":"), Piece(0, "a", "f", "1}")], ["a f({\"x\":1})"] },
        { "the name with each piece, no id", [Piece(0, null, "f", ""), Piece(0, null, "f", "{\"x\":"), Piece(0, null, "f", "1}")], [" f({\"x\":1})"] },
        { "two calls, number 0, empty ids", [Piece(0, "", "f", "{\"x\":1}"), Piece(0, "", "f", "{\"x\":2}")], [" f({\"x\":1})", " f({\"x\":2})"] },
        { "two calls, number 0, no ids", [Piece(0, null, "f", "{\"x\":1}"), Piece(0, null, "f", "{\"x\":1}")], [" f({\"x\":1})", " f({\"x\":1})"] },
        { "two calls, number 0, two ids", [Piece(0, "a", "f", "{\"x\":1}"), Piece(0, "b", "f", "{\"x\":2}")], ["a f({\"x\":1})", "b f({\"x\":2})"] },
        { "two calls, no numbers, two ids", [Piece(null, "a", "f", "{\"x\""), Piece(null, "b", "f", "{}"), Piece(null, "a", null, ":1}")], ["a f({\"x\":1})", "b f({})"] },
        { "two tools, number 0, no ids", [Piece(0, null, "f", "{\"x\":"), Piece(0, null, null, "1}"), Piece(0, null, "g", "{"), Piece(0, null, null, "}")], [" f({\"x\":1})", " g({})"] },
        { "the whole call again", [Piece(0, "a", "f", "{\"x\":"), Piece(0, "a", null, "1}"), Piece(0, "a", "f", "{\"x\":1}")], ["a f({\"x\":1})"] },
        { "the whole arguments again, without the name", [Piece(0, "a", "f", "{\"x\":1}"), Piece(0, "a", null, "{\"x\":1}")], ["a f({\"x\":1})"] },
        { "the whole call again, under another number", [Piece(0, "a", "f", "{\"x\":1}"), Piece(1, "a", "f", "{\"x\":1}")], ["a f({\"x\":1})"] },
        { "one id for two calls", [Piece(0, "a", "f", "{\"x\":1}"), Piece(1, "a", "f", "{\"x\":2}")], ["a f({\"x\":1})", "a f({\"x\":2})"] },
        { "what there is so far with each piece", [Piece(0, "a", "f", "{}"), Piece(0, "a", "f", "{\"x\":1}"), Piece(0, "a", "f", "{\"x\":1,\"y\":2}")], ["a f({\"x\":1,\"y\":2})"] },
        { "an empty object first", [Piece(0, "a", "f", "{}"), Piece(0, null, null, "{\"x\""), Piece(0, null, null, ":1}")], ["a f({\"x\":1})"] },
        { "an object within the object", [Piece(0, "a", "f", "{\"x\":"), Piece(0, null, null, "{\"y\":1}"), Piece(0, null, null, "}")], ["a f({\"x\":{\"y\":1}})"] },
        { "nothing at the end", [Piece(0, "a", "f", "{}"), Piece(0, null, null, ""), Piece(0, "", "", "")], ["a f({})"] },
        { "the name at the end, without arguments", [Piece(0, "a", "f", "{}"), Piece(0, "a", "f", "")], ["a f({})"] },
        { "no number at first", [Piece(null, "a", "f", "{\"x\""), Piece(0, null, null, ":1}")], ["a f({\"x\":1})"] },
        { "no number later", [Piece(1, "a", "f", "{\"x\""), Piece(null, null, null, ":1}")], ["a f({\"x\":1})"] },
        { "the name after the id", [Piece(0, "a", null), Piece(0, null, "f", "{}"), Piece(1, "b", null), Piece(1, null, "g", "{}")], ["a f({})", "b g({})"] },
        { "the name in pieces, one id", [Piece(0, "a", "get_"), Piece(0, "a", "time"), Piece(0, "a", null, "{}")], ["a get_time({})"] },
        { "the name so far, one id", [Piece(0, "a", "get_"), Piece(0, "a", "get_time"), Piece(0, null, null, "{}")], ["a get_time({})"] },
        { "calls without arguments", [Piece(0, "a", "f", ""), Piece(1, "b", "f", "")], ["a f()", "b f()"] },
        { "pieces that take turns", [Piece(0, "a", "f", "{"), Piece(1, "b", "f", "{"), Piece(0, null, null, "}"), Piece(1, null, null, "}")], ["a f({})", "b f({})"] },
        { "nothing but numbers", [Piece(0, null, null), Piece(1, "", "", "")], [] },
    };

    private static readonly Gen<(string Name, string Arguments)> Calls =
        from name in Gen.Elements("f", "g", "get_time")
        from arguments in Gen.Elements("{}", "{\"x\":1}", "{\"city\":\"Zürich {1}\"}", "{\"a\":{\"b\":[{},{}]}}", "{ \"q\" : \"\\\"}{\" }")
        select (name, arguments);

    private static readonly Gen<(Form Form, (string Name, string Arguments)[] Calls, int[] Cuts)> Streams =
        from form in Gen.Elements(Enum.GetValues<Form>())
        from calls in Calls.Several(1, 4)
        from cuts in Gen.Choose(1, 7).Several(1, 9)
        select (form, calls.ToArray(), cuts.ToArray());

    private enum Form
    {
        Official,
        IdAndNameEachTime,
        NameEachTime,
        NewIdEachTime,
        IdsWithoutNumbers,
        WholeAgainAtTheEnd,
        WholeAtNumberZero,
        WholeWithoutIds,
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Add_PiecesOfAnyForm_BecomeTheCalls(string form, string[] pieces, string[] expected)
    {
        Assert.NotEmpty(form);
        Assert.Equal(expected, Read(pieces.Select(piece => JsonSerializer.Deserialize(piece, ChatJsonContext.Default.ToolCallDelta)!)));
    }

    [Fact]
    public void Add_CallsCutAnywhereInAnyForm_BecomeTheCalls() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Streams), stream =>
    {
        string[] expected = [.. stream.Calls.Select((call, place) => $"{(stream.Form is Form.WholeWithoutIds ? "" : stream.Form is Form.NewIdEachTime ? $"{place}-0" : $"id{place}")} {call.Name}({call.Arguments})")];
        string[] read = Read(stream.Calls.SelectMany((call, place) => Cut(stream.Form, call, place, stream.Cuts)));
        Assert.Equal(expected, read);
    }));

    private static IEnumerable<ToolCallDelta> Cut(Form form, (string Name, string Arguments) call, int place, int[] cuts)
    {
        if (form is Form.WholeAtNumberZero or Form.WholeWithoutIds)
        {
            return [Delta(0, form is Form.WholeWithoutIds ? "" : $"id{place}", call.Name, call.Arguments)];
        }

        List<string> parts = [];
        for (int i = 0, at = 0; at < call.Arguments.Length; i++)
        {
            int length = Math.Min(cuts[i % cuts.Length], call.Arguments.Length - at);
            parts.Add(call.Arguments.Substring(at, length));
            at += length;
        }

        IEnumerable<ToolCallDelta> pieces = parts.Select((part, i) => form switch
        {
            Form.IdAndNameEachTime => Delta(place, $"id{place}", call.Name, part),
            Form.NameEachTime => Delta(place, i == 0 ? $"id{place}" : null, call.Name, part),
            Form.NewIdEachTime => Delta(place, $"{place}-{i}", i == 0 ? call.Name : null, part),
            Form.IdsWithoutNumbers => Delta(null, i == 0 ? $"id{place}" : null, i == 0 ? call.Name : null, part),
            _ => Delta(place, i == 0 ? $"id{place}" : null, i == 0 ? call.Name : null, part),
        });
        return form is Form.WholeAgainAtTheEnd ? [.. pieces, Delta(place, $"id{place}", call.Name, call.Arguments)] : pieces;
    }

    private static ToolCallDelta Delta(int? index, string? id, string? name, string arguments) => new() { Index = index, Id = id, Function = new FunctionCall { Name = name, Arguments = arguments } };

    private static string[] Read(IEnumerable<ToolCallDelta> pieces)
    {
        ToolCallsInPieces calls = new();
        foreach (ToolCallDelta piece in pieces)
        {
            calls.Add(piece);
        }

        return [.. calls.ToCalls([]).Select(call => $"{call.Id} {call}")];
    }

    private static string Piece(int? index, string? id, string? name, string? arguments = null) => JsonSerializer.Serialize(
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["index"] = index, ["id"] = id, ["function"] = new Dictionary<string, string?>(StringComparer.Ordinal) { ["name"] = name, ["arguments"] = arguments } });
}
