using System.Management.Automation.Runspaces;
using ChatPS.Client.Calls;
using ChatPS.Client.Files;
using ChatPS.Client.Generations;
using ChatPS.Client.Profiles;
using ChatPS.Client.Providers;

namespace ChatPS.Module;

/// <summary>What outlives a command: the connections, the sandboxes and the names of models for completion.</summary>
internal static class ModuleState
{
    public static ConnectionRegistry Connections { get; } = new(KnownDialects.OpenAI);

    public static SandboxRegistry Sandboxes { get; } = new();

    public static ModelNames ModelNames { get; } = new();

    public static ProfileStore Profiles => new(ConfigurationFolder.Profiles);

    public static GenerationHistory Generations => Lazily.Generations;

    public static Guid RunspaceId => Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty;

    public static void Shutdown()
    {
        Connections.Dispose();
        Sandboxes.Dispose();
        ModelNames.Clear();
    }

    // Most sessions hand in no task.
    private static class Lazily
    {
        public static GenerationHistory Generations { get; } = new(static () => ConfigurationFolder.Generations);
    }
}
