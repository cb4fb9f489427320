using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ChatPS.Module;

/// <summary>Runs when PowerShell imports and removes the module.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly List<Runspace> Users = [];

    /// <inheritdoc />
    public void OnImport()
    {
        // Loads their assembly, so that [ChatPS.ChatMessage] is known from here on.
        GC.KeepAlive(typeof(ChatMessage));
        EngineResolver.Install();
        MediaProperty.Install();
        lock (Users)
        {
            Users.RemoveAll(IsGone);
            if (Runspace.DefaultRunspace is { } runspace)
            {
                Users.Add(runspace);
            }
        }
    }

    /// <inheritdoc />
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // Other runspaces of the process may still use the module.
        bool isUsed;
        lock (Users)
        {
            Users.RemoveAll(IsGone);
            isUsed = Users.Count > 0;
        }

        if (!isUsed)
        {
            ModuleState.Shutdown();
        }
    }

    // This runspace, which says so, and those that ended without a word.
    private static bool IsGone(Runspace user) =>
        user == Runspace.DefaultRunspace || user.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Closing or RunspaceState.Broken;
}
