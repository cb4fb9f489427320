namespace ChatPS.Module.Tests;

/// <summary>What users see of the module changes on purpose only: PublicSurface.txt holds it, and each change is a line there.</summary>
public sealed class PublicSurfaceTests
{
    private const string Renew = "CHATPS_RENEW_SURFACE";

    private static readonly string Written = Path.Combine(BuildInfo.RepositoryRoot, "tests", "ChatPS.Module.Tests", "PublicSurface.txt");

    [Fact]
    public void Surface_OfTheModule_IsTheOneThatIsWrittenDown()
    {
        IReadOnlyList<string> lines = PublicSurface.Read(BuildInfo.ModuleFor("net8.0"));
        if (Environment.GetEnvironmentVariable(Renew) is "1")
        {
            File.WriteAllText(Written, string.Concat(lines.Select(line => line + "\n")));
        }

        string[] differences = Differences(File.ReadAllLines(Written), lines);
        Assert.True(differences.Length == 0, $"""
            What users see of the module is not what PublicSurface.txt holds:

            {string.Join(Environment.NewLine, differences)}

            If that is meant, renew the file and commit it with the change. Set the environment variable {Renew} to 1, then:
            dotnet test tests/ChatPS.Module.Tests -c Release --filter {nameof(PublicSurfaceTests)}
            """);
    }

    [Fact]
    public void Surface_OfBothEditions_IsTheSame() =>
        Assert.Equal([], Differences(PublicSurface.Read(BuildInfo.ModuleFor("net8.0")), PublicSurface.Read(BuildInfo.ModuleFor("net472"))));

    private static string[] Differences(IReadOnlyCollection<string> before, IReadOnlyCollection<string> after) =>
    [
        .. before.Except(after, StringComparer.Ordinal).Select(line => "- " + line)
            .Concat(after.Except(before, StringComparer.Ordinal).Select(line => "+ " + line))
            .OrderBy(line => line[2..], StringComparer.Ordinal),
    ];
}
