using System.Reflection;
#if NET8_0_OR_GREATER
using System.Runtime.Loader;
#endif

namespace ChatPS.Module;

/// <summary>
/// Finds the engine. On PowerShell 7 it lives in a load context of its own, with the versions of its dependencies that it was
/// built with, whatever other modules brought; the cmdlets and the public objects live where all PowerShell types do.
/// </summary>
internal static class EngineResolver
{
    private static int _installed;

    public static void Install()
    {
        if (Interlocked.Exchange(ref _installed, 1) == 0)
        {
#if NET8_0_OR_GREATER
            AssemblyLoadContext.Default.Resolving += Resolve;
#else
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
#endif
        }
    }

#if NET8_0_OR_GREATER
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name is "ChatPS.Client" or "ChatPS.Sandbox" ? EngineLoadContext.Instance.LoadFromAssemblyName(name) : null;
#else
    // powershell.exe knows nothing of our binding redirects: any version of a file of ours will do.
    private static Assembly? Resolve(object? sender, ResolveEventArgs request)
    {
        string folder = Path.GetDirectoryName(typeof(EngineResolver).Assembly.Location)!;
        string path = Path.Combine(folder, new AssemblyName(request.Name).Name + ".dll");
        bool isOurs = request.RequestingAssembly is null || Path.GetDirectoryName(request.RequestingAssembly.Location) == folder;
        return isOurs && File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }
#endif
}
