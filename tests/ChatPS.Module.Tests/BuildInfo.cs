using System.Reflection;

namespace ChatPS.Module.Tests;

/// <summary>What the build knows of folders and versions.</summary>
internal static class BuildInfo
{
    /// <summary>Gets the folder of the sources.</summary>
    public static string RepositoryRoot => Read("RepositoryRoot");

    /// <summary>Gets the folder of all that was made.</summary>
    public static string Artifacts => Read("Artifacts");

    /// <summary>Gets the versions of .NET that the engine is run on beside the one that runs the tests.</summary>
    public static string[] TestRuntimes => Read("TestRuntimes").Split(';');

    /// <summary>Gets the folder of .NET Framework's reference assemblies.</summary>
    public static string NetFramework => Read("NetFramework");

    /// <summary>Finds the assemblies of the assembled module.</summary>
    /// <param name="framework">What they were built for.</param>
    /// <returns>Their folder.</returns>
    public static string ModuleFor(string framework)
    {
        string folder = Path.Combine(Artifacts, "module", "ChatPS", "bin", framework);
        Assert.True(File.Exists(Path.Combine(folder, "ChatPS.dll")), $"There is no module in {folder}. Make it first: dotnet build src/ChatPS -c Release -t:AssembleModule");
        return folder;
    }

    /// <summary>Finds the program that runs the engine.</summary>
    /// <param name="framework">What it was built for.</param>
    /// <param name="extension">Of its file.</param>
    /// <returns>Its path.</returns>
    public static string ProgramFor(string framework, string extension) =>
        Path.Combine(Artifacts, "bin", "ChatPS.Runtimes", $"{Read("Configuration")}_{framework}", "ChatPS.Runtimes" + extension);

    private static string Read(string key) =>
        typeof(BuildInfo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;
}
