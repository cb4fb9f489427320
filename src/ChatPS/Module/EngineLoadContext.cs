#if NET8_0_OR_GREATER
using System.Reflection;
using System.Runtime.Loader;

namespace ChatPS;

/// <summary>
/// Where the engine and its dependencies live. It knows the module's own folder only, and leaves to the framework what the
/// framework has.
/// </summary>
internal sealed class EngineLoadContext(string folder) : AssemblyLoadContext("ChatPS")
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == "ChatPS.Objects")
        {
            return typeof(ChatMessage).Assembly;
        }

        string path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
#endif
