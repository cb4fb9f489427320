using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ChatPS.Module;

/// <summary>Runs when PowerShell imports and removes the module.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly ConcurrentDictionary<Guid, Runspace> Users = new();

    /// <inheritdoc />
    public void OnImport()
    {
        EngineResolver.Install();

        // Loads their assembly, so that [ChatPS.ChatMessage] is known from here on.
        GC.KeepAlive(typeof(ChatMessage));
        if (Runspace.DefaultRunspace is { } runspace)
        {
            Users[runspace.InstanceId] = runspace;
        }
    }

    /// <inheritdoc />
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // Other runspaces of the process may still use the module. One that ended did not say so.
        Users.TryRemove(ModuleState.RunspaceId, out _);
        foreach (Runspace runspace in Users.Values)
        {
            if (runspace.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Closing or RunspaceState.Broken)
            {
                Users.TryRemove(runspace.InstanceId, out _);
            }
        }

        if (Users.IsEmpty)
        {
            ModuleState.Shutdown();
        }
    }
}
