using System.Runtime.InteropServices;

namespace ChatPS.Module.Tests;

/// <summary>A runtime of .NET that programs can be run on.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Root">The folder with the host that finds it.</param>
internal sealed record DotNetRuntime(string Version, string Root)
{
    private const string Framework = "Microsoft.NETCore.App";

    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Gets the runtime of the tests themselves: the SDK's.</summary>
    public static DotNetRuntime Own { get; } = FromFolder(RuntimeEnvironment.GetRuntimeDirectory());

    /// <summary>Gets the folder of its assemblies.</summary>
    public string Folder => Path.Combine(Root, "shared", Framework, Version);

    /// <summary>Finds a runtime, and has it fetched if it was never needed before.</summary>
    /// <param name="version">The version.</param>
    /// <returns>The runtime; where it is not to be had, an installed one of the same major version.</returns>
    public static async Task<DotNetRuntime> FindAsync(string version)
    {
        await Turn.WaitAsync();
        try
        {
            return version == Own.Version ? Own : await FindLaidOutAsync(version);
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Runs a program on it.</summary>
    /// <param name="program">The program's assembly.</param>
    /// <param name="arguments">What it is told.</param>
    /// <returns>What it said.</returns>
    public Task<Command> RunAsync(string program, params string[] arguments) =>
        Command.RunAsync(Path.Combine(Root, "dotnet"), ["exec", "--fx-version", Version, program, .. arguments]);

    private static async Task<DotNetRuntime> FindLaidOutAsync(string version)
    {
        DotNetRuntime runtime = new(version, Path.Combine(BuildInfo.Artifacts, "runtimes", version));

        // It is written last.
        if (File.Exists(Path.Combine(runtime.Folder, Framework + ".deps.json")))
        {
            return runtime;
        }

        Command layOut = await Command.RunAsync(
            Path.Combine(Own.Root, "dotnet"), "build", Path.Combine(BuildInfo.RepositoryRoot, "eng", "Runtimes"), "-t:LayOut", $"-p:RuntimeVersion={version}", "-nodeReuse:false", "--nologo");
        if (layOut.ExitCode == 0)
        {
            return runtime;
        }

        string? installed = Directory.GetDirectories(Path.Combine(Own.Root, "shared", Framework), version.Split('.')[0] + ".*").FirstOrDefault();
        Assert.True(installed is not null, $"""
            .NET {version} is not to be had. It is the package {Framework}.Runtime.{RuntimeInformation.RuntimeIdentifier} of NuGet's feed; if yours has another
            version of it, name that in TestRuntimes in Directory.Packages.props. Or install the runtime: https://dotnet.microsoft.com/download

            {layOut.Output}
            """);
        return FromFolder(installed);
    }

    private static DotNetRuntime FromFolder(string folder)
    {
        DirectoryInfo version = new(folder);
        return new DotNetRuntime(version.Name, version.Parent!.Parent!.Parent!.FullName);
    }
}
