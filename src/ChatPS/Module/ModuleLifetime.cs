using System.Management.Automation;

namespace ChatPS;

/// <summary>Runs when PowerShell imports and removes the module.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static int _imports;

    /// <inheritdoc />
    public void OnImport()
    {
        EngineResolver.Install();
        Interlocked.Increment(ref _imports);
    }

    /// <inheritdoc />
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // Other runspaces of the process may still use the module.
        if (Interlocked.Decrement(ref _imports) <= 0)
        {
            ModuleState.Shutdown();
        }
    }
}
