using System.Text;

namespace ChatPS.Tests;

/// <summary>What must work has an example that is run, and a test that proves it; docs/coverage.md lists both.</summary>
public sealed class CoverageTests
{
    private const string Renew = "CHATPS_RENEW_DOCS";
    private const string Page = "docs/coverage.md";
    private const string Examples = "docs/concepts/services.md";

    private static readonly Lazy<string[]> Run = new(ReadExamples);

    public static TheoryData<string> Rows => [.. CoverageRows.All.Select(NameOf)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_OfEachNote_HasAnExampleThatIsRun(string name) => Assert.NotNull(Example(Row(name)));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_OfEachNote_HasATestThatIsThere(string name)
    {
        Assert.NotEmpty(Row(name).Tests);
        Assert.All(Row(name).Tests, test => Assert.True(Exists(test), $"There is no test '{test}'."));
    }

    [Fact]
    public void Page_OfAll_IsTheOneThatIsWritten()
    {
        string expected = Write();
        if (Environment.GetEnvironmentVariable(Renew) is "1")
        {
            File.WriteAllText(Repository.PathOf(Page), expected);
        }

        Assert.True(expected == Read(Page), $"""
            {Page} is not what the rows say. Set the environment variable {Renew} to 1 to write it anew, then:
            dotnet test tests/ChatPS.Tests -c Release --filter {nameof(CoverageTests)}
            """);
    }

    private static string Write()
    {
        StringBuilder page = new();
        page.Append("# Coverage\n\nWhat five notes on the web describe, and what shows and proves that it works. Every example stands in [Services](concepts/services.md), and is run against the sandbox by `Documentation.Tests`. The tests are of `tests/Pester`.\n");
        foreach (IGrouping<string, CoverageRow> note in CoverageRows.All.GroupBy(row => row.Note, StringComparer.Ordinal))
        {
            page.Append("\n## ").Append(note.Key).Append("\n\n| What | Example | Test |\n|---|---|---|\n");
            foreach (CoverageRow row in note)
            {
                page.Append("| ").Append(row.What).Append(" | ").Append(Code(Example(row) ?? "")).Append(" | ").Append(string.Join("; ", row.Tests.Select(ToLink))).Append(" |\n");
            }
        }

        OperationTable.Write(page);
        return page.ToString();
    }

    private static string ToLink(string test)
    {
        (string file, string name) = Parts(test);
        return $"[{file}](../tests/Pester/{file}.Tests.ps1): {Code(name)}";
    }

    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string NameOf(CoverageRow row) => $"{row.Note.Split(':')[0]}: {row.What}";

    private static CoverageRow Row(string name) => CoverageRows.All.Single(row => NameOf(row) == name);

    // The shortest line is the one that was meant: others may go on from it.
    private static string? Example(CoverageRow row) =>
        Run.Value.Where(line => line.StartsWith(row.Example, StringComparison.Ordinal)).OrderBy(line => line.Length).FirstOrDefault();

    private static bool Exists(string test)
    {
        (string file, string name) = Parts(test);
        string path = Repository.PathOf($"tests/Pester/{file}.Tests.ps1");
        return File.Exists(path) && Read(path).Contains($"It '{name.Replace("'", "''", StringComparison.Ordinal)}'", StringComparison.Ordinal);
    }

    private static (string File, string Name) Parts(string test)
    {
        int colon = test.IndexOf(": ", StringComparison.Ordinal);
        return (test[..colon], test[(colon + 2)..]);
    }

    // The lines of the blocks that Documentation.Tests runs.
    private static string[] ReadExamples()
    {
        List<string> lines = [];
        bool? isRun = null;
        string before = "";
        foreach (string line in Read(Examples).Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isRun = isRun is not null ? null : line == "```powershell" && !before.Contains("<!-- not run", StringComparison.Ordinal);
            }
            else if (isRun == true)
            {
                lines.Add(line);
            }

            before = line.Length > 0 ? line : before;
        }

        return [.. lines];
    }

    private static string Read(string file) => Repository.Read(file).ReplaceLineEndings("\n");
}
