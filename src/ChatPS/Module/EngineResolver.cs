using System.Reflection;

namespace ChatPS.Module;

/// <summary>
/// Finds the engine. On PowerShell 7 it lives in a load context of its own, with the versions of its dependencies that it was
/// built with, whatever other modules brought; the cmdlets and the public objects live where all PowerShell types do.
/// </summary>
internal static class EngineResolver
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(EngineResolver).Assembly.Location)!;
    private static int _installed;

    public static void Install()
    {
        if (Interlocked.Exchange(ref _installed, 1) == 0)
        {
            InstallOnce();
        }
    }

#if NET8_0_OR_GREATER
    private static void InstallOnce()
    {
        EngineLoadContext engine = new(Path.Combine(Folder, "engine"));
        System.Runtime.Loader.AssemblyLoadContext.Default.Resolving += (_, name) =>
            name.Name is "ChatPS.Client" or "ChatPS.Sandbox" ? engine.LoadFromAssemblyName(name) : null;
    }
#else
    // powershell.exe knows nothing of our binding redirects: any version of a file of ours will do.
    private static void InstallOnce() => AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
    {
        string path = Path.Combine(Folder, new AssemblyName(request.Name).Name + ".dll");
        bool isOurs = request.RequestingAssembly is null || Path.GetDirectoryName(request.RequestingAssembly.Location) == Folder;
        return isOurs && File.Exists(path) ? Assembly.LoadFrom(path) : null;
    };
#endif
}
