using ChatPS.Client.Files;

namespace ChatPS.Client.Tests.Files;

[Collection(nameof(EnvironmentCollection))]
public sealed class ConfigurationFolderTests : IDisposable
{
    private static readonly string[] Variables = [ConfigurationFolder.Variable, "XDG_CONFIG_HOME"];

    private readonly Dictionary<string, string?> _before = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    private readonly string _root = Path.GetTempPath();

    public void Dispose()
    {
        foreach (KeyValuePair<string, string?> variable in _before)
        {
            Environment.SetEnvironmentVariable(variable.Key, variable.Value);
        }
    }

    [Fact]
    public void Path_VariableIsSet_IsThat()
    {
        Environment.SetEnvironmentVariable(ConfigurationFolder.Variable, Path.Combine(_root, "own"));

        Assert.Equal(Path.Combine(_root, "own"), ConfigurationFolder.Path);
        Assert.Equal(Path.Combine(_root, "own", "providers.json"), ConfigurationFolder.Providers);
        Assert.Equal(Path.Combine(_root, "own", "connections"), ConfigurationFolder.Profiles);
    }

    [Fact]
    public void Path_VariableIsNoFullPath_IsRefused()
    {
        Environment.SetEnvironmentVariable(ConfigurationFolder.Variable, "own");

        Assert.Contains("'own'", Engine.AssertInvalid(() => _ = ConfigurationFolder.Path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_NothingIsSet_IsWhereTheSystemKeepsSettings()
    {
        Environment.SetEnvironmentVariable(ConfigurationFolder.Variable, null);
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", null);
        string expected = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");

        Assert.Equal(Path.Combine(expected, "ChatPS"), ConfigurationFolder.Path);
        if (!OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", Path.Combine(_root, "xdg"));
            Assert.Equal(Path.Combine(_root, "xdg", "ChatPS"), ConfigurationFolder.Path);
        }
    }
}
