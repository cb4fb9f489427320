namespace ChatPS.Module.Tests;

/// <summary>The engine at work on each runtime that PowerShell may bring.</summary>
public sealed class RuntimeTests
{
    public static TheoryData<string> Versions => [.. BuildInfo.TestRuntimes, DotNetRuntime.Own.Version];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Engine_OnDotNet_Works(string version)
    {
        DotNetRuntime runtime = await DotNetRuntime.FindAsync(version);

        Command run = await runtime.RunAsync(BuildInfo.ProgramFor("net8.0", ".dll"), BuildInfo.ModuleFor("net8.0"));

        AssertPassed($".NET {runtime.Version}", run);
    }

    [NetFrameworkFact]
    public async Task Engine_OnNetFrameworkOrMono_Works() => AssertPassed(
        OperatingSystem.IsWindows() ? ".NET Framework 4." : "Mono ",
        await NetFrameworkFactAttribute.RunAsync(BuildInfo.ProgramFor("net472", ".exe"), BuildInfo.ModuleFor("net472")));

    private static void AssertPassed(string runtime, Command run)
    {
        string[] lines = run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.StartsWith(runtime, lines[0], StringComparison.Ordinal);
        Assert.NotEmpty(lines[1..]);
        Assert.All(lines[1..], line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
    }
}
