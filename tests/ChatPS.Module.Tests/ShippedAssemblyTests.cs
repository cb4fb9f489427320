using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ChatPS.Module.Tests;

/// <summary>The module brings all that it needs, and nothing else.</summary>
public sealed class ShippedAssemblyTests
{
    private const string Root = "ChatPS";

    // Refit's answers as observables, which ours are not, stand on ReactiveUI's assemblies: nothing ever asks for them. The
    // other one is PowerShell itself.
    private static readonly string[] Missing = ["ChatPS needs System.Management.Automation", "Refit needs ReactiveUI.Primitives"];

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net472")]
    public void Module_EachAssembly_IsUsedByTheCmdlets(string framework)
    {
        Dictionary<string, AssemblyFile> shipped = Shipped(framework);
        HashSet<string> used = [Root];
        Queue<string> next = new(used);
        while (next.TryDequeue(out string? name))
        {
            foreach (AssemblyName reference in shipped[name].References)
            {
                if (shipped.ContainsKey(reference.Name!) && used.Add(reference.Name!))
                {
                    next.Enqueue(reference.Name!);
                }
            }
        }

        Assert.Equal([], shipped.Keys.Except(used, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Module_EachReferenceOnDotNet_IsThere() =>
        AssertComplete("net8.0", (await DotNetRuntime.FindAsync(BuildInfo.TestRuntimes[0])).Folder, static version => version);

    // For its own assemblies .NET Framework compares no more than this of a version.
    [Fact]
    public void Module_EachReferenceOnNetFramework_IsThere() =>
        AssertComplete("net472", BuildInfo.NetFramework, static version => new Version(version.Major, version.Minor));

    [Fact]
    public void Module_FilesForOnePlatform_AreForAllPlatformsToo()
    {
        string engine = Path.Combine(BuildInfo.ModuleFor("net8.0"), "engine");
        IEnumerable<string> special = Directory.GetDirectories(engine).SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories));

        Assert.All(special, path => Assert.True(File.Exists(Path.Combine(engine, Path.GetFileName(path))), path));
    }

    private static void AssertComplete(string framework, string frameworkFolder, Func<Version, Version> compared)
    {
        Dictionary<string, AssemblyFile> shipped = Shipped(framework);
        ILookup<string, Version> present = shipped.Values.Concat(Read(Directory.GetFiles(frameworkFolder, "*.dll", SearchOption.AllDirectories)).Values)
            .ToLookup(file => file.Name.Name!, file => compared(file.Name.Version!), StringComparer.Ordinal);

        IEnumerable<string> missing =
            from file in shipped.Values
            from reference in file.References
            where !present[reference.Name!].Any(version => version >= compared(reference.Version!))
            select $"{file.Name.Name} needs {reference.Name}";

        Assert.Equal(Missing, missing.Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, AssemblyFile> Shipped(string framework)
    {
        string folder = BuildInfo.ModuleFor(framework);
        string engine = Path.Combine(folder, "engine");
        return Read([.. Directory.GetFiles(folder, "*.dll"), .. Directory.Exists(engine) ? Directory.GetFiles(engine, "*.dll") : []]);
    }

    private static Dictionary<string, AssemblyFile> Read(string[] paths) =>
        paths.Select(AssemblyFile.Read).OfType<AssemblyFile>().ToDictionary(file => file.Name.Name!, StringComparer.Ordinal);

    private sealed record AssemblyFile(AssemblyName Name, IReadOnlyList<AssemblyName> References)
    {
        /// <summary>Reads an assembly; null for a file that is none.</summary>
        public static AssemblyFile? Read(string path)
        {
            using PEReader file = new(File.OpenRead(path));
            return file.HasMetadata && file.GetMetadataReader() is { IsAssembly: true } reader
                ? new AssemblyFile(
                    reader.GetAssemblyDefinition().GetAssemblyName(),
                    [.. reader.AssemblyReferences.Select(handle => reader.GetAssemblyReference(handle).GetAssemblyName())])
                : null;
        }
    }
}
