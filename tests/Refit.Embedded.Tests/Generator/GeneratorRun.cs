using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Refit.Generator.Tests;

/// <summary>Runs the generator over a text.</summary>
internal sealed class GeneratorRun
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    // Internals of Refit.Embedded are visible to this name only.
    private const string AssemblyName = "Refit.Embedded.Tests";

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) == "netstandard.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(RestService).Assembly.Location),
    ];

    private GeneratorRun(GeneratorDriver driver, Compilation input)
    {
        Driver = driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        Input = input;
        Diagnostics = diagnostics;
        CompilationErrors = [.. output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
    }

    public Compilation Input { get; }

    public GeneratorDriver Driver { get; }

    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>What the compiler says about input and output together.</summary>
    public ImmutableArray<Diagnostic> CompilationErrors { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    /// <summary>Runs over the members of an interface named IApi in the namespace Demo.</summary>
    public static GeneratorRun OverMembers(string members, string attributes = "", string others = "") => Over($$"""
        using System.Collections.Generic;
        using System.IO;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Refit;
        namespace Demo;
        {{others}}
        {{attributes}}
        internal interface IApi
        {
            {{members}}
        }
        """);

    public static GeneratorRun Over(string source)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new RefitGenerator().AsSourceGenerator()],
            parseOptions: Parsing,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        CSharpCompilation compilation = CSharpCompilation.Create(
            AssemblyName,
            [Parse(source)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return new GeneratorRun(driver, compilation);
    }

    public static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Parsing, path: "Demo.cs");

    /// <summary>Runs once more, over a changed compilation.</summary>
    public GeneratorRun Again(Func<Compilation, Compilation> change) => new(Driver, change(Input));

    /// <summary>The text of a generated file.</summary>
    public string Source(string hintName = "Demo_IApi.g.cs") => Result.GeneratedSources.Single(source => source.HintName == hintName).SourceText.ToString();

    /// <summary>The statements of the only method, up to what sends it.</summary>
    public string[] Statements()
    {
        Assert.Empty(Diagnostics);
        Assert.Empty(CompilationErrors);
        string[] lines = Source().Split('\n', StringSplitOptions.TrimEntries);
        int start = Array.FindIndex(lines, line => line.StartsWith("async ", StringComparison.Ordinal)) + 2;
        int end = Array.FindIndex(lines, start, line => line == "}");
        return [.. lines[start..end].Select(Shorten)];
    }

    private static string Shorten(string line) => line.Replace("global::", "", StringComparison.Ordinal)
        .Replace("Refit.", "", StringComparison.Ordinal)
        .Replace("System.Collections.Generic.", "", StringComparison.Ordinal);
}
