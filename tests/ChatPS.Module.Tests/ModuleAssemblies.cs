using System.Reflection;
using System.Runtime.Loader;

namespace ChatPS.Module.Tests;

/// <summary>The module's own assemblies of one edition, to be read and not run. What they stand on comes from the tests' runtime.</summary>
/// <param name="folder">The edition's folder in the module.</param>
internal sealed class ModuleAssemblies(string folder) : AssemblyLoadContext
{
    /// <summary>Gets the cmdlets.</summary>
    public Assembly Cmdlets => LoadFromAssemblyName(new AssemblyName("ChatPS"));

    /// <summary>Gets the public objects.</summary>
    public Assembly Objects => LoadFromAssemblyName(new AssemblyName("ChatPS.Objects"));

    protected override Assembly? Load(AssemblyName assemblyName) =>
        new[] { folder, Path.Combine(folder, "engine") }
            .Select(place => Path.Combine(place, assemblyName.Name + ".dll"))
            .Where(path => assemblyName.Name!.StartsWith("ChatPS", StringComparison.Ordinal) && File.Exists(path))
            .Select(LoadFromAssemblyPath)
            .FirstOrDefault();
}
