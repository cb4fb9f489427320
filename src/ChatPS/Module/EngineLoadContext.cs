#if NET8_0_OR_GREATER
using System.Reflection;
using System.Runtime.Loader;

namespace ChatPS.Module;

/// <summary>
/// Where the engine and its dependencies live. It knows the module's own folder only, and leaves to the framework what the
/// framework has in the version that is asked for or a later one.
/// </summary>
internal sealed class EngineLoadContext(string folder) : AssemblyLoadContext("ChatPS")
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == "ChatPS.Objects")
        {
            return typeof(ChatMessage).Assembly;
        }

        string path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) && !FrameworkHas(assemblyName) ? LoadFromAssemblyPath(path) : null;
    }

    private static bool FrameworkHas(AssemblyName asked)
    {
        string path = Path.Combine(Framework, asked.Name + ".dll");
        return File.Exists(path) && GetAssemblyName(path).Version >= asked.Version;
    }
}
#endif
