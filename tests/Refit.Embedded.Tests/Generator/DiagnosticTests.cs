using Microsoft.CodeAnalysis;

namespace Refit.Generator.Tests;

public sealed class DiagnosticTests
{
    private const string Others = """
        internal sealed class Sealed { public string? Name { get; set; } }
        internal class Open { public string? Name { get; set; } }
        internal sealed class Loop { public Loop? Next { get; set; } }
        internal sealed class ListFormat { [Query(Format = "x")] public int[]? Items { get; set; } }
        internal sealed class Lists { public int[]? Items { get; set; } }
        internal sealed class OddVerbAttribute(string path) : HttpMethodAttribute(path) { public override HttpMethod Method => new("ODD"); }
        """;

    [Theory]
    [InlineData("RFE001", """[Get("/x")] Task XAsync(); Task YAsync();""")]
    [InlineData("RFE002", """[Get("/x")] [Post("/x")] Task XAsync();""")]
    [InlineData("RFE002", """[OddVerb("/x")] Task XAsync();""")]
    [InlineData("RFE003", """[Get("/x")] ValueTask<string> XAsync();""")]
    [InlineData("RFE003", """[Get("/x")] System.IObservable<string> X();""")]
    [InlineData("RFE003", """[Get("/x")] IAsyncEnumerable<string> X();""")]
    [InlineData("RFE003", """[Get("/x")] Task<IAsyncEnumerable<string>> XAsync();""")]
    [InlineData("RFE003", """[Get("/x")] string X();""")]
    [InlineData("RFE003", """[Get("/x")] void X();""")]
    [InlineData("RFE004", """[Get("/x")] Task<T> XAsync<T>();""")]
    [InlineData("RFE005", """[Get("/x")] Task XAsync(); string Name { get; }""")]
    [InlineData("RFE005", """[Get("/x")] Task XAsync(); event System.Action Happened;""")]
    [InlineData("RFE007", """[Get("x")] Task XAsync();""")]
    [InlineData("RFE007", """[Get("")] Task XAsync();""")]
    [InlineData("RFE007", """[Get("/x\r\nX-Evil: 1")] Task XAsync();""")]
    [InlineData("RFE007", """[Get("/x#y")] Task XAsync();""")]
    [InlineData("RFE007", """[Get("/x/{id")] Task XAsync(string id);""")]
    [InlineData("RFE007", """[Get("/x/{}")] Task XAsync(string id);""")]
    [InlineData("RFE007", """[Get("/x?flag")] Task XAsync();""")]
    [InlineData("RFE007", """[Get("/x?a=1&a=2")] Task XAsync();""")]
    [InlineData("RFE007", """[Get("/x?{key}=1")] Task XAsync(string key);""")]
    [InlineData("RFE007", """[Get("/x/{value}")] Task XAsync(int[] value);""")]
    [InlineData("RFE008", """[Get("/x/{id}")] Task XAsync(string other);""")]
    [InlineData("RFE008", """[Get("/x/{value.Missing}")] Task XAsync(Sealed value);""")]
    [InlineData("RFE009", """[Post("/x")] Task XAsync([Body] string a, [Body] string b);""")]
    [InlineData("RFE009", """[Post("/x")] Task XAsync(Sealed a, Sealed b);""")]
    [InlineData("RFE010", """[Multipart] [Post("/x")] Task XAsync([Body] string a);""")]
    [InlineData("RFE011", """[Get("/x")] Task XAsync([HeaderCollection] IDictionary<string, object> headers);""")]
    [InlineData("RFE011", """[Get("/x")] Task XAsync([HeaderCollection] Dictionary<string, string> headers);""")]
    [InlineData("RFE012", """[Post("/x")] Task XAsync([Body] [Query] string a);""")]
    [InlineData("RFE012", """[Post("/x")] Task XAsync([Body] [Property] string a);""")]
    [InlineData("RFE012", """[Get("/x/{a}")] Task XAsync([Header("X-A")] string a);""")]
    [InlineData("RFE012", """[Post("/x/{a.Name}")] Task XAsync(Sealed a);""")]
    [InlineData("RFE012", """[Post("/x/{a}")] Task XAsync(System.Uri a);""")]
    [InlineData("RFE013", """[Get("/x")] Task XAsync(object a);""")]
    [InlineData("RFE013", """[Get("/x")] Task XAsync(Open a);""")]
    [InlineData("RFE013", """[Get("/x")] Task XAsync(Loop a);""")]
    [InlineData("RFE013", """[Get("/x")] Task XAsync(ListFormat a);""")]
    [InlineData("RFE013", """[Get("/x")] Task XAsync(List<Sealed> a);""")]
    [InlineData("RFE013", """[Get("/x")] Task XAsync(int?[] a);""")]
    [InlineData("RFE013", """[Get("/x")] Task XAsync(IDictionary<string, object> a);""")]
    [InlineData("RFE014", """[Get("/x")] Task XAsync(in int a);""")]
    [InlineData("RFE015", """[Get("/x/{**a}")] Task XAsync(int a);""")]
    [InlineData("RFE016", """[Get("/x")] Task XAsync(CancellationToken a, CancellationToken b);""")]
    [InlineData("RFE016", """[Get("/x")] Task XAsync([Authorize] string a, [Authorize] string b);""")]
    [InlineData("RFE016", """[Get("/x")] Task XAsync([HeaderCollection] IDictionary<string, string> a, [HeaderCollection] IDictionary<string, string> b);""")]
    [InlineData("RFE017", """[Post("/x")] Task XAsync([Body(BodySerializationMethod.UrlEncoded)] string a);""")]
    [InlineData("RFE017", """[Post("/x")] Task XAsync([Body(BodySerializationMethod.UrlEncoded)] Lists a);""")]
    public void Method_Unsupported_IsAnError(string id, string members)
    {
        GeneratorRun run = GeneratorRun.OverMembers(members, others: Others);

        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal("Demo.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Empty(run.Result.GeneratedSources);
    }

    [Theory]
    [InlineData("""internal interface IApi<T> { [Get("/x")] Task<T> XAsync(); }""")]
    [InlineData("""internal static class Outer { private interface IApi { [Get("/x")] Task XAsync(); } }""")]
    [InlineData("""file interface IApi { [Get("/x")] Task XAsync(); }""")]
    public void Interface_GenericOrHidden_IsAnError(string source)
    {
        GeneratorRun run = GeneratorRun.Over("using System.Threading.Tasks;\nusing Refit;\n" + source);

        Assert.Equal("RFE006", Assert.Single(run.Diagnostics).Id);
    }

    [Fact]
    public void Attribute_OfALaterRefit_IsAnError()
    {
        GeneratorRun run = GeneratorRun.OverMembers(
            """[Get("/x")] [Timeout(3)] Task XAsync([Encoded] string a);""",
            others: "} namespace Refit { internal sealed class TimeoutAttribute(int ms) : System.Attribute; internal sealed class EncodedAttribute : System.Attribute; } namespace Demo {")
            ;

        Assert.Equal(["RFE018", "RFE018"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Message_Placeholder_NamesItInBraces()
    {
        GeneratorRun run = GeneratorRun.OverMembers("""[Get("/x/{id}")] Task XAsync();""");

        Assert.Equal("The route of XAsync has the placeholder {id}, which no parameter fills", Assert.Single(run.Diagnostics).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Method_SeveralMistakes_AreAllReported()
    {
        GeneratorRun run = GeneratorRun.OverMembers("""
            [Get("x")] Task XAsync();
            [Get("/y")] string Y();
            """);

        Assert.Equal(["RFE003", "RFE007"], run.Diagnostics.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
    }
}
