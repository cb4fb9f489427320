using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Refit.Generator.Tests;

public sealed class IncrementalityTests
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Refit;
        namespace Demo;
        internal interface IFirst { [Get("/first/{id}")] [Headers("A: b")] Task<string> GetAsync(string id, [Query] IDictionary<string, string>? more); }
        internal interface ISecond { [Post("/second")] Task PostAsync([Body(BodySerializationMethod.UrlEncoded)] Dictionary<string, string> form); }
        """;

    [Fact]
    public void Outputs_UnrelatedFile_AreCached()
    {
        GeneratorRun run = GeneratorRun.Over(Source).Again(compilation => compilation.AddSyntaxTrees(GeneratorRun.Parse("internal sealed class Unrelated;")));

        Assert.All(OutputReasons(run), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(Reasons(run, RefitGenerator.InterfacesStep), reason => Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
    }

    [Fact]
    public void Outputs_EditBesideTheMethods_AreCached()
    {
        GeneratorRun run = GeneratorRun.Over(Source).Again(compilation => Edit(compilation, "namespace Demo;", "namespace Demo;\n\n// A remark.\n"));

        Assert.All(OutputReasons(run), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void Outputs_EditOfOneInterface_LeavesTheOtherCached()
    {
        GeneratorRun run = GeneratorRun.Over(Source).Again(compilation => Edit(compilation, "/first/", "/changed/"));

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], OutputReasons(run).OrderBy(reason => reason == IncrementalStepRunReason.Cached));
        Assert.All(Reasons(run, RefitGenerator.NamesStep), reason => Assert.NotEqual(IncrementalStepRunReason.Modified, reason));
        Assert.Contains("/changed/", run.Source("Demo_IFirst.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_ChangedTypeOfAnotherFile_AreWrittenAnew()
    {
        const string Filter = "namespace Demo; public sealed class Filter { public int A { get; set; } }";
        SyntaxTree tree = GeneratorRun.Parse(Filter);
        GeneratorRun run = GeneratorRun
            .OverMembers("""[Get("/q")] Task GetAsync([Query] Filter filter);""")
            .Again(compilation => compilation.AddSyntaxTrees(tree))
            .Again(compilation => compilation.ReplaceSyntaxTree(tree, GeneratorRun.Parse(Filter.Replace(" A ", " B ", StringComparison.Ordinal))));

        Assert.Contains("filter?.B", run.Source(), StringComparison.Ordinal);
    }

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRun run) =>
        run.Result.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(step => step.Outputs).Select(output => output.Reason);

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRun run, string step) =>
        run.Result.TrackedSteps[step].SelectMany(tracked => tracked.Outputs).Select(output => output.Reason);

    private static Compilation Edit(Compilation compilation, string before, string after)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        string text = tree.ToString().Replace(before, after, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text)));
    }
}
