using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Files;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.ServiceFiles;

/// <summary>A sandbox, a folder with files, and a configuration folder of its own.</summary>
internal sealed class FileBench : IDisposable
{
    private readonly string? _configuration = Environment.GetEnvironmentVariable(ConfigurationFolder.Variable);

    public FileBench(SandboxOptions? options = null)
    {
        Sandbox = SandboxServer.Start(options);
        Environment.SetEnvironmentVariable(ConfigurationFolder.Variable, Path.Combine(Folder, "config"));
    }

    public SandboxServer Sandbox { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("chatps-files").FullName;

    /// <summary>Connects in a dialect.</summary>
    public ServiceConnection Connect(string dialect, int maxRetry = 0)
    {
        Dialect spoken = KnownDialects.Find(dialect, "-Dialect");
        return Engine.Connect(new ConnectionSettings
        {
            Dialect = spoken,
            BaseUri = BaseAddress.OfHost(Sandbox.BaseUri, spoken).BaseUri,
            Key = Engine.Secret(Engine.Key),
            Model = "sandbox-mini",
            MaxRetry = maxRetry,
        });
    }

    /// <summary>Writes a file whose bytes tell their place.</summary>
    public string Write(string name, int length, int seed = 7)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        string path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(ConfigurationFolder.Variable, _configuration);
        Sandbox.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
